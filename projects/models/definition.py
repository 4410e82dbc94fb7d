from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hanlin.kernel.text import to_traditional
from projects.enums import ReviewKind


def in_language(chinese: str, english: str) -> str:
    """The wording of a data row in the language of this request."""
    language = get_language() or ""
    if language.startswith("en"):
        return english or chinese
    return to_traditional(chinese) if language.startswith("zh-hant") else chinese


class FrozenQuerySet(models.QuerySet):
    """Rows that are written once: a change is a new version."""

    def update(self, **fields):
        raise PermissionDenied("a definition never changes; add a version")

    def delete(self):
        raise PermissionDenied("a definition stays for the reviews that used it")


class Frozen(models.Model):
    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk is not None and not self._state.adding:
            raise PermissionDenied("a definition never changes; add a version")
        super().save(*args, **kwargs)


class Form(Frozen):
    """A version of a rubric: criteria in a tree of two levels, and gates."""

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64)  # of the data it was loaded from
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("assessment form")
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="form_version_once")]

    def __str__(self) -> str:
        return in_language(self.name, self.name_en)


class Criterion(Frozen):
    """An attribute (no parent; weight in percent of the form) or what is asked under it (weight in percent of it).

    `anchors` of what is asked: five pairs {"zh", "en"}, the words for 1 to 5.
    """

    form = models.ForeignKey(Form, models.CASCADE, related_name="criteria")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    hint = models.CharField(max_length=300, blank=True)
    hint_en = models.CharField(max_length=300, blank=True)
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    anchors = models.JSONField(default=list)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("criterion")
        constraints = [
            models.UniqueConstraint(fields=["form", "code"], name="criterion_once"),
            models.CheckConstraint(condition=models.Q(weight__gt=0, weight__lte=100), name="criterion_weight_percent"),
        ]

    def __str__(self) -> str:
        return in_language(self.name, self.name_en)

    @property
    def words(self) -> list[tuple[int, str]]:
        """(1, anchor) to (5, anchor) in the language of this request."""
        return [(n, in_language(a["zh"], a.get("en", ""))) for n, a in enumerate(self.anchors, start=1)]

    @property
    def said_hint(self) -> str:
        return in_language(self.hint, self.hint_en)


class Gate(Frozen):
    """One of the things that must hold whatever the score: checks to look at, outcomes to choose from."""

    form = models.ForeignKey(Form, models.CASCADE, related_name="gates")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    checks = models.JSONField(default=list)  # [{"zh", "en"}]
    outcomes = models.JSONField(default=list)  # [{"code": GateOutcome, "zh", "en"}]
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("gate")
        constraints = [models.UniqueConstraint(fields=["form", "code"], name="gate_once")]

    def __str__(self) -> str:
        return in_language(self.name, self.name_en)

    @property
    def said_checks(self) -> list[str]:
        return [in_language(c["zh"], c.get("en", "")) for c in self.checks]

    @property
    def said_outcomes(self) -> list[tuple[str, str]]:
        return [(o["code"], in_language(o["zh"], o.get("en", ""))) for o in self.outcomes]

    def said(self, outcome: str) -> str:
        return dict(self.said_outcomes).get(outcome, outcome)


class ReviewDefinition(Frozen):
    """A version of one of the five services: steps, roles, form, panel preset, papers, deadlines.

    `data` holds policy codes, never a regulation's number.
    """

    kind = models.CharField(max_length=12, choices=ReviewKind)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    form = models.ForeignKey(Form, models.PROTECT, related_name="definitions")
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("definition of a review")
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="definition_version_once")]

    def __str__(self) -> str:
        return in_language(self.name, self.name_en)
