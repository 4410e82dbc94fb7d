from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from committees.enums import Detector, Effect
from hanlin.kernel.models.policy import PolicyMark


class CoiRule(models.Model):
    """A rule of withdrawal, with where it stands and how well we know it. The length of its window is a policy value."""

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=120)
    name_hant = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=200)
    parties = models.JSONField(default=list)  # PartyRole values that it is tested against; empty: the person alone
    effect = models.CharField(max_length=10, choices=Effect)
    detector = models.CharField(max_length=10, choices=Detector)
    kinds = models.JSONField(default=list)  # TieKind values
    relations = models.JSONField(default=list)  # Relation values
    window_policy = models.CharField(max_length=60, blank=True)  # policy code, in years; blank: only what still holds
    ever = models.BooleanField(default=False)  # a tie counts however long ago it ended
    sources = models.JSONField(default=list)
    mark = models.CharField(max_length=10, choices=PolicyMark)
    note = models.CharField(max_length=300, blank=True)
    in_force = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("rule of withdrawal")
        constraints = [models.CheckConstraint(condition=models.Q(effect__in=Effect.values), name="coi_effect_known")]

    def __str__(self) -> str:
        language = get_language() or ""
        if language.startswith("zh-hant"):
            return self.name_hant or self.name
        return self.name_en if language.startswith("en") else self.name
