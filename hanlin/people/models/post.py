from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hanlin.people.enums import RankSystem

from .organisation import Organisation
from .person import Person


class Rank(models.Model):
    """A leading post level, civil grade or professional title, with the training tier it belongs to."""

    system = models.CharField(max_length=30, choices=RankSystem)
    code = models.CharField(max_length=6)
    name = models.CharField(max_length=40)
    name_hant = models.CharField(max_length=40, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    order = models.PositiveSmallIntegerField()  # 1 is the highest of its system
    training_tier = models.CharField(max_length=1, blank=True)  # A: 550 h in 5 years, B: 90 h a year
    source = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("rank")
        constraints = [models.UniqueConstraint(fields=["system", "code"], name="rank_once")]

    def __str__(self) -> str:
        language = get_language() or ""
        if language.startswith("zh-hant"):
            return self.name_hant or self.name
        return (self.name_en or self.name) if language.startswith("en") else self.name


class PostQuerySet(models.QuerySet):
    def current(self, on=None):
        """Posts held on a day (today)."""
        day = on or timezone.localdate()
        return self.filter(models.Q(ended_on=None) | models.Q(ended_on__gt=day), started_on__lte=day)


class Post(models.Model):
    """A person's post in an organisation, from `started_on` until before `ended_on`."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=80)  # 科长, 副主任
    level = models.ForeignKey(Rank, models.PROTECT, null=True, blank=True, related_name="+")  # leading post
    grade = models.ForeignKey(Rank, models.PROTECT, null=True, blank=True, related_name="+")  # civil grade
    professional_title = models.ForeignKey(Rank, models.PROTECT, null=True, blank=True, related_name="+")
    is_main = models.BooleanField(default=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(is_main=True, ended_on=None), name="post_one_main_open"),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("started_on")), name="post_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.title}"


class Employment(models.Model):
    """Career before and beside the posts kept here; the body may be known only by its words."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="employments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="employments")
    organisation_text = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=80)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("employment")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(started_on=None) | models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("started_on")),
                name="employment_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation or self.organisation_text} {self.role}"
