"""What a panel must look like, and what is missing of it, in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from committees.enums import FieldFamily
from committees.models import Expert, Field
from hanlin.kernel.enums import PolicyMark
from hanlin.kernel.queries.policy import policy_row
from hanlin.people.models import Post
from projects.models import ExpertReview, Panel
from projects.queries.scoring import rounded_share


@dataclass(frozen=True)
class Unmet:
    """One demand that the panel does not meet. Law cannot be overridden; a hint stops nobody."""

    text: str
    may_override: bool = True
    is_hint: bool = False
    source: str = ""


@dataclass(frozen=True)
class Preset:
    """The numbers of the definition as in force on a day for a region."""

    rows: dict[str, tuple[Decimal, str, str]]  # name → value, mark, source

    @classmethod
    def of(cls, review: ExpertReview, on: date | None = None) -> "Preset":
        found = {}
        for name, code in review.definition.data["preset"].items():
            row = policy_row(code, on=on, region=review.project.region.code)
            found[name] = (row.value, row.mark, row.source)
        return cls(found)

    def __getitem__(self, name: str) -> Decimal:
        return self.rows[name][0]

    def unmet(self, name: str, text: str) -> Unmet:
        _value, mark, source = self.rows[name]
        return Unmet(text, may_override=mark != PolicyMark.LAW, source=source)

    def as_data(self) -> dict[str, str]:
        return {name: str(value) for name, (value, _mark, _source) in self.rows.items()}


def families_of(experts: Sequence[Expert]) -> dict[int, set[str]]:
    """Field families of many experts, by expert id."""
    through = Expert.fields.through.objects.filter(expert__in=[expert.pk for expert in experts])
    found: dict[int, set[str]] = {expert.pk: set() for expert in experts}
    families = dict(Field.objects.values_list("pk", "family"))
    for expert_id, field_id in through.values_list("expert_id", "field_id"):
        found[expert_id].add(families[field_id])
    return found


def units_of(experts: Sequence[Expert]) -> dict[int, str]:
    """Today's main employer of many experts, by expert id; experts outside the tree are left out."""
    posts = Post.objects.current().filter(person__in=[e.person_id for e in experts], is_main=True)
    by_person = dict(posts.values_list("person_id", "organisation__name"))
    return {expert.pk: by_person[expert.person_id] for expert in experts if expert.person_id in by_person}


def check(panel: Panel, review: ExpertReview) -> list[Unmet]:
    """What the live seats lack; an empty list lets the panel be convened."""
    experts = [seat.expert for seat in panel.seats.live().select_related("expert__person").order_by("pk")]
    preset = Preset.of(review)
    return [*_size(experts, preset, review), *_shares(experts, preset), *_single(experts, preset)]


def _size(experts: list[Expert], preset: Preset, review: ExpertReview) -> list[Unmet]:
    count, least = len(experts), int(preset["size"])
    found = []
    if count < least:
        words = _("%(count)d of at least %(least)d experts; %(more)d more are needed.")
        found.append(preset.unmet("size", words % {"count": count, "least": least, "more": least - count}))
    elif count % 2 == 0:
        words = _("%(count)d experts: the number must be odd. Add one, or take one out.")
        found.append(preset.unmet("size", words % {"count": count}))
    large = int(preset["large_size"])
    if count < large and review.project.budget >= preset["large_budget"]:
        text = _("From a budget of %(budget)d (10,000 yuan) on, %(large)d experts are usual; here are %(count)d.") % {
            "budget": int(preset["large_budget"]),
            "large": large,
            "count": count,
        }
        binding = bool(preset["large_binding"])
        found.append(Unmet(text, is_hint=not binding, source=preset.rows["large_size"][2]))
    return found


def _shares(experts: list[Expert], preset: Preset) -> list[Unmet]:
    if not experts:
        return []
    families = families_of(experts)
    count = Counter(family for mine in families.values() for family in mine)
    skilled = {FieldFamily.TECHNICAL, FieldFamily.ECONOMIC, FieldFamily.SECURITY}
    share = Decimal(sum(bool(mine & skilled) for mine in families.values())) / len(experts)
    found = []
    if share < rounded_share(preset["expert_share"]):
        words = _("Technical and economic experts are %(have)d%%; at least %(need)d%% are asked for.")
        found.append(preset.unmet("expert_share", words % {"have": share * 100, "need": preset["expert_share"] * 100}))
    for name in (FieldFamily.TECHNICAL, FieldFamily.ECONOMIC, FieldFamily.SECURITY):
        need = int(preset[name.value])
        if count[name] < need:
            words = _("%(family)s: %(have)d of %(need)d experts.")
            found.append(preset.unmet(name.value, words % {"family": name.label, "have": count[name], "need": need}))
    return found


def _single(experts: list[Expert], preset: Preset) -> list[Unmet]:
    found = []
    large = len(experts) >= int(preset["large_size"])
    most = int(preset["same_unit_large" if large else "same_unit"])
    for unit, count in Counter(units_of(experts).values()).items():
        if count > most:
            words = _("%(count)d experts come from %(unit)s; at most %(most)d.")
            found.append(
                preset.unmet("same_unit_large" if large else "same_unit", words % {"count": count, "unit": unit, "most": most})
            )
    year, need = timezone.localdate().year, int(preset["years"])
    for expert in experts:
        if year - expert.practising_since < need:
            words = _("%(name)s has %(have)d years in the field; %(need)d are asked for.")
            have = year - expert.practising_since
            found.append(preset.unmet("years", words % {"name": expert.person.name, "have": have, "need": need}))
    return found
