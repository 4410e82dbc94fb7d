from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a grant lets a person do over a subtree of organisations."""

    TRAINING_ADMIN = "training_admin", _("training administrator")
    EDITOR = "editor", _("content editor")
    SECRETARY = "secretary", _("committee secretary")
    EXPERT = "expert", _("expert")
    OWNER = "owner", _("project owner")
    LEADER = "leader", _("leader")
    SYSTEM_ADMIN = "system_admin", _("system administrator")
    SECURITY_ADMIN = "security_admin", _("security administrator")
    AUDIT_ADMIN = "audit_admin", _("audit administrator")


# 三员分立: nobody holds two of these at one time (GB/T 22239-2019, 8.1.5)
SEPARATED = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)

# Roles that must prove themselves by a second factor in service mode
STRONG = (*SEPARATED, Role.SECRETARY, Role.EXPERT, Role.TRAINING_ADMIN)

# Roles that look after people, and so find them in the directory
DIRECTORY = (Role.TRAINING_ADMIN, Role.SECRETARY, Role.LEADER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


class RegionLevel(models.TextChoices):
    NATION = "nation", _("nation")
    PROVINCE = "province", _("province")
    AUTONOMOUS_REGION = "autonomous_region", _("autonomous region")
    MUNICIPALITY = "municipality", _("municipality")
    SAR = "sar", _("special administrative region")
    XPCC = "xpcc", _("production and construction corps")
    CITY = "city", _("city")
    COUNTY = "county", _("county")


class OrganisationKind(models.TextChoices):
    PARTY = "party", _("Party body")
    GOVERNMENT = "government", _("government body")
    INSTITUTION = "institution", _("public institution")
    SCHOOL = "school", _("Party school or university")
    COMPANY = "company", _("company")
    COMMITTEE = "committee", _("expert committee")


class RankSystem(models.TextChoices):
    LEADERSHIP = "leadership_gbt12407", _("leading post")
    GRADE = "civil_grade_general", _("civil grade")
    PROFESSIONAL_GRADE = "professional_grade_gbt12407", _("professional grade")
    TITLE = "professional_title_gbt8561", _("professional title")


class Gender(models.TextChoices):
    """GB/T 2261.1-2003."""

    UNKNOWN = "0", _("unknown")
    MALE = "1", _("male")
    FEMALE = "2", _("female")
    NOT_STATED = "9", _("not stated")


class PersonStatus(models.TextChoices):
    ACTIVE = "active", _("in service")
    SUSPENDED = "suspended", _("account suspended")
    LEFT = "left", _("left the service")


class NoticeKind(models.TextChoices):
    TODO = "todo", _("to do")
    INFO = "info", _("for your information")
    REMINDER = "reminder", _("reminder")


class DisplayMode(models.TextChoices):
    STANDARD = "standard", _("standard")
    SENIOR = "senior", _("senior mode")


class Theme(models.TextChoices):
    LIGHT = "light", _("paper")
    DARK = "dark", _("high contrast, dark")
