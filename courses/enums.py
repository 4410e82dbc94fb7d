from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.TextChoices):
    """The six themes of the programme."""

    FRAMEWORK = "framework", _("Overall framework of national e-government")
    DATA = "data", _("Use and sharing of data resources")
    SERVICE = "service", _("Online services and coordination across departments")
    INFRA_SECURITY = "infra_security", _("Infrastructure and security")
    POLICY = "policy", _("Policy and law of e-government")
    MECHANISM = "mechanism", _("Working mechanisms of e-government")


class Ability(models.TextChoices):
    """The four abilities that the programme trains."""

    GRASP = "grasp", _("Grasping the laws of the Internet")
    GUIDE = "guide", _("Guiding public opinion online")
    STEER = "steer", _("Steering informatization")
    SAFEGUARD = "safeguard", _("Safeguarding cybersecurity")


class CourseForm(models.TextChoices):
    REQUIRED = "required", _("required course")
    ELECTIVE = "elective", _("elective course")


class LessonKind(models.TextChoices):
    VIDEO = "video", _("video")
    ARTICLE = "article", _("article")
    QUIZ = "quiz", _("quiz")


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("one right choice")
    MULTIPLE = "multiple", _("several right choices")
    TRUE_FALSE = "truefalse", _("true or false")


class EnrolmentState(models.TextChoices):
    ASKED = "asked", _("asked")
    APPROVED = "approved", _("approved")
    ACTIVE = "active", _("studying")
    COMPLETED = "completed", _("completed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DISMISSED = "dismissed", _("dismissed")
    REFUSED = "refused", _("refused")


class SessionEnd(models.TextChoices):
    LEFT = "left", _("left the page")
    TAKEN_OVER = "taken_over", _("taken over by another device")
    COMPLETED = "completed", _("completed")
    SILENT = "silent", _("fell silent")


class SuspicionKind(models.TextChoices):
    """What a beat claimed that the server did not believe. A note for people, never a punishment."""

    REPLAYED = "replayed", _("a beat came twice or out of order")
    JUMPED = "jumped", _("the playhead jumped ahead")
    FASTER = "faster", _("more was played than the clock allows")
    FORGED = "forged", _("the numbers of a beat do not fit the media")


class AttemptState(models.TextChoices):
    OPEN = "open", _("not handed in yet")
    SUBMITTED = "submitted", _("handed in")


class AssignmentState(models.TextChoices):
    DRAFT = "draft", _("draft")
    ISSUED = "issued", _("issued to learners")
    WITHDRAWN = "withdrawn", _("withdrawn")


class DutyState(models.TextChoices):
    OPEN = "open", _("still to do")
    DONE = "done", _("done")
    EXEMPTED = "exempted", _("exempted")


class Account(models.TextChoices):
    """The two ledgers that a cadre's yearly requirement is measured on."""

    ONLINE = "online", _("online study")
    OFFLINE = "offline", _("classroom training")


class HourForm(models.TextChoices):
    """What is converted into hours."""

    ONLINE_VIDEO = "online_video", _("online video")
    ONLINE_ARTICLE = "online_article", _("online reading")
    TEST_PASSED = "test_passed", _("test passed")
    CLASSROOM = "classroom", _("classroom lesson")
    CLASSROOM_DAY = "classroom_day", _("full day of classroom training")


class HourMark(models.TextChoices):
    """How well a conversion is founded."""

    LAW = "law", _("read in the law")
    SECONDARY = "secondary", _("read in a secondary source")
    MEMORY = "memory", _("from memory, not verified")
    PROPOSAL = "proposal", _("proposed by Hanlin, no legal claim")
