from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from hanlin.people.models import Person
from projects.enums import ConsentKind, ItemKind, OpinionState, Verdict

from .assessment import Remark
from .definition import Criterion
from .panel import PanelSeat
from .review import Round

_SAID_NO = "an issued opinion never changes"


class UnissuedQuerySet(models.QuerySet):
    """Refuses to touch what belongs to an issued opinion."""

    path = "state"

    def _guard(self):
        if self.filter(**{self.path: OpinionState.ISSUED}).exists():
            raise PermissionDenied(_SAID_NO)

    def update(self, **fields):
        self._guard()
        return super().update(**fields)

    def delete(self):
        self._guard()
        return super().delete()


class ItemQuerySet(UnissuedQuerySet):
    path = "opinion__state"


class PanelOpinion(models.Model):
    """The panel's joint opinion (专家论证意见). Once issued, nobody can change a word of it.

    `body`: section code → text, in the order of the definition. `merged`: the table of scores as it stood when merged.
    """

    NEXT = {
        OpinionState.DRAFT: {OpinionState.CIRCULATING},
        OpinionState.CIRCULATING: {OpinionState.DRAFT, OpinionState.ISSUED},
    }

    round = models.OneToOneField(Round, models.PROTECT, related_name="opinion")
    state = models.CharField(max_length=12, choices=OpinionState, default=OpinionState.DRAFT, editable=False)
    body = models.JSONField(default=dict)
    merged = models.JSONField(default=dict)
    score = models.DecimalField(max_digits=5, decimal_places=2)
    verdict = models.CharField(max_length=10, choices=Verdict)
    proposed_verdict = models.CharField(max_length=10, choices=Verdict)  # what the rule makes of the scores
    verdict_reason = models.TextField(blank=True)  # where the panel decided otherwise
    edition = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    circulated_at = models.DateTimeField(null=True)
    sign_by = models.DateTimeField(null=True)
    number = models.CharField(max_length=60, blank=True)
    paper_id = models.CharField(max_length=40, blank=True)  # the official paper it was issued as
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = UnissuedQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion of the panel")
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=OpinionState.values), name="opinion_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state="issued") | (~models.Q(number="") & models.Q(issued_at__isnull=False)),
                name="opinion_issued_is_numbered",
            ),
            models.UniqueConstraint(fields=["number"], condition=~models.Q(number=""), name="opinion_number_once"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.round)

    def save(self, *args, **kwargs):
        if self.pk and type(self).objects.filter(pk=self.pk, state=OpinionState.ISSUED).exists():
            raise PermissionDenied(_SAID_NO)
        super().save(*args, **kwargs)


class OpinionItem(models.Model):
    """A numbered demand or piece of advice in the opinion."""

    opinion = models.ForeignKey(PanelOpinion, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=8, choices=ItemKind)
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    page = models.CharField(max_length=40, blank=True)
    criterion = models.ForeignKey(Criterion, models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(Remark, models.PROTECT, null=True, related_name="items")

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of an opinion")
        constraints = [models.UniqueConstraint(fields=["opinion", "kind", "order"], name="opinion_item_order")]

    def __str__(self) -> str:
        return self.text[:80]

    def save(self, *args, **kwargs):
        if PanelOpinion.objects.filter(pk=self.opinion_id, state=OpinionState.ISSUED).exists():
            raise PermissionDenied(_SAID_NO)
        super().save(*args, **kwargs)


class Consent(models.Model):
    """A panel member's word on the opinion; who says nothing by the deadline agrees."""

    opinion = models.ForeignKey(PanelOpinion, models.CASCADE, related_name="consents")
    seat = models.ForeignKey(PanelSeat, models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=8, choices=ConsentKind)
    reason = models.TextField(blank=True)
    edition = models.PositiveIntegerField()  # of the text that was signed
    at = models.DateTimeField()

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent to an opinion")
        constraints = [
            models.UniqueConstraint(fields=["opinion", "seat"], name="consent_once"),
            models.CheckConstraint(condition=~models.Q(kind="dissent") | ~models.Q(reason=""), name="consent_dissent_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.kind}"
