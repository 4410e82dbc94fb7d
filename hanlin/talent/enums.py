from django.db import models
from django.utils.translation import gettext_lazy as _


class StageCode(models.TextChoices):
    """The way from a cadre to the chair of a committee, in order."""

    CADRE = "cadre", _("cadre in scope")
    TRAINED = "trained", _("completed a course")
    CERTIFIED = "certified", _("certified")
    CANDIDATE = "candidate", _("nominated")
    EXPERT = "expert", _("in the expert pool")
    MEMBER = "member", _("committee member")
    CHAIR = "chair", _("chair or vice chair")


class IndicatorCode(models.TextChoices):
    """The figures of the board."""

    HOURS = "hours", _("hours met")
    ECHELON = "echelon", _("talent echelon")
    REVIEWS = "reviews", _("running reviews")
    ATTRIBUTES = "attributes", _("six attributes")
    FINDINGS = "findings", _("open findings")
    COMMITTEES = "committees", _("committee seats")


class Bucket(models.TextChoices):
    """How far the deadline of an open finding lies back, in working days."""

    AHEAD = "ahead", _("not due yet")
    LATE_5 = "late5", _("1 to 5 days late")
    LATE_10 = "late10", _("6 to 10 days late")
    LATE_20 = "late20", _("11 to 20 days late")
    LATE_MORE = "late99", _("over 20 days late")


LATE = (Bucket.LATE_5, Bucket.LATE_10, Bucket.LATE_20, Bucket.LATE_MORE)


class Level(models.TextChoices):
    """The three levels of government that a figure is split by."""

    PROVINCE = "province", _("provincial level")
    CITY = "city", _("city level")
    COUNTY = "county", _("county level")


class Quality(models.TextChoices):
    A = "A", _("complete")
    B = "B", _("some missing")
    C = "C", _("for reference only")
