"""The figures of the decision board for one viewer: sums of roll-ups inside their scope, each with its quality mark."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanlin.kernel.queries.policy import policy
from hanlin.people.enums import RegionLevel, Role
from hanlin.people.models import Organisation, Person, Region
from hanlin.people.queries.scope import roles_of
from hanlin.talent.enums import LATE, Bucket, IndicatorCode, Level, Quality, StageCode
from hanlin.talent.models import EchelonStage, Indicator, IndicatorValue
from projects.enums import Step
from projects.models import Criterion

ZERO = Decimal(0)
PROVINCIAL = (RegionLevel.PROVINCE, RegionLevel.AUTONOMOUS_REGION, RegionLevel.MUNICIPALITY, RegionLevel.XPCC, RegionLevel.NATION)
SEEN_BY = (Role.LEADER, Role.TRAINING_ADMIN)


@dataclass(frozen=True)
class Mark:
    """甲乙丙, with how or why in words."""

    quality: str
    note: str = ""


@dataclass(frozen=True)
class Part:
    """One bar of a figure: its code, its name, its value, and what it is out of."""

    code: str
    name: str
    value: Decimal
    base: Decimal = ZERO
    by_level: tuple[Decimal, ...] = ()
    share: Decimal | None = None  # percent


@dataclass(frozen=True)
class Figure:
    """A figure with everything that must stand beside it."""

    indicator: Indicator
    mark: Mark
    parts: tuple[Part, ...] = ()
    extra: dict[str, object] = field(default_factory=dict)

    @property
    def as_of(self) -> datetime | None:
        return self.indicator.refreshed_at

    @property
    def total(self) -> Decimal:
        return sum((part.value for part in self.parts), ZERO)


def paths_of(person: Person) -> list[str]:
    """The subtrees whose figures a person may see; a path inside another is left out."""
    held = roles_of(person)
    paths = sorted({path for role in SEEN_BY for path in held.get(role, ())})
    return [path for path in paths if not any(path != other and path.startswith(other) for other in paths)]


def bodies_under(paths: Iterable[str]) -> Q:
    """A condition on organisations inside any of the subtrees; nothing for nobody."""
    scope = Q(pk__in=[])
    for path in paths:
        scope |= Q(path__startswith=path)
    return scope


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """A share in percent with one decimal, halves up; None of nothing."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _values(indicator: Indicator, paths: list[str]) -> QuerySet[IndicatorValue]:
    found: QuerySet[IndicatorValue] = IndicatorValue.objects.filter(indicator=indicator).under(paths)
    return found


def _level(region_level: str) -> int:
    """0 province, 1 city, 2 county."""
    if region_level in PROVINCIAL:
        return 0
    return 1 if region_level == RegionLevel.CITY else 2


def _sums(values: QuerySet[IndicatorValue]) -> dict[str, tuple[Decimal, Decimal, tuple[Decimal, ...]]]:
    """By part: the value, the base, and the value at the three levels. One query."""
    totals: dict[str, list[Decimal]] = defaultdict(lambda: [ZERO] * 5)
    rows = values.order_by().values_list("part", "organisation__region__level").annotate(v=Sum("value"), b=Sum("base"))
    for part, level, value, base in rows:
        total = totals[part]
        total[0] += value
        total[1] += base
        total[2 + _level(level)] += value
    return {part: (total[0], total[1], tuple(total[2:])) for part, total in totals.items()}


def board_for(person: Person, *, on: date) -> dict[str, Figure]:
    """Every figure of the board by its code, for the viewer's scope."""
    paths = paths_of(person)
    indicators = {indicator.code: indicator for indicator in Indicator.objects.order_by("code")}
    makers = {
        IndicatorCode.HOURS: hours,
        IndicatorCode.ECHELON: echelon,
        IndicatorCode.REVIEWS: reviews,
        IndicatorCode.ATTRIBUTES: attributes,
        IndicatorCode.FINDINGS: findings,
        IndicatorCode.COMMITTEES: committees,
    }
    return {code: make(indicators[code], paths, on) for code, make in makers.items() if code in indicators}


def _fresh(indicator: Indicator, mark: Mark) -> Mark:
    """The mark, or 丙 where the figure has never been reckoned or not for too long."""
    if indicator.refreshed_at is None:
        return Mark(Quality.C, _("not reckoned yet"))
    hours_old = int(policy("talent.quality.stale_hours"))
    if timezone.now() - indicator.refreshed_at > timedelta(hours=hours_old):
        return Mark(Quality.C, _("not refreshed for %(hours)d hours") % {"hours": hours_old})
    return mark


def hours(indicator: Indicator, paths: list[str], on: date) -> Figure:
    """Cadres who meet both requirements, of those in a training tier; a body without a single hour has not reported."""
    values = _values(indicator, paths)
    sums = _sums(values)
    met, people, levels = sums.get("met", (ZERO, ZERO, (ZERO,) * 3))
    silent = values.filter(part="recorded", base__gt=0).aggregate(bodies=Count("pk"), silent=Count("pk", filter=Q(value=0)))
    mark = _mark_of_missing(silent["silent"], silent["bodies"])
    part = Part("met", str(indicator), met, people, levels, percent(met, people))
    return Figure(indicator, _fresh(indicator, mark), (part,), {"silent": silent["silent"], "bodies": silent["bodies"]})


def _mark_of_missing(missing: int, of: int) -> Mark:
    if not of:
        return Mark(Quality.C, _("no data in scope"))
    if not missing:
        return Mark(Quality.A)
    note = ngettext("%(n)d body without records", "%(n)d bodies without records", missing) % {"n": missing}
    limit = policy("talent.quality.reference_share")
    return Mark(Quality.C if Decimal(missing * 100) / of >= limit else Quality.B, note)


def echelon(indicator: Indicator, paths: list[str], on: date) -> Figure:
    """The stages from cadre to chair; the conversion counts those who stand at both stages."""
    sums = _sums(_values(indicator, paths))
    parts: list[Part] = []
    before = ZERO
    for stage in EchelonStage.objects.order_by("order"):
        value, came, levels = sums.get(stage.code, (ZERO, ZERO, (ZERO,) * 3))
        share = percent(came, before) if parts else None
        parts.append(Part(stage.code, str(stage), value, came, levels, share))
        before = value
    return Figure(indicator, _fresh(indicator, Mark(Quality.A)), tuple(parts))


def reviews(indicator: Indicator, paths: list[str], on: date) -> Figure:
    """Running reviews at each step, every step named."""
    sums = _sums(_values(indicator, paths))
    parts = tuple(Part(step.value, str(step.label), sums.get(step.value, (ZERO, ZERO, ()))[0]) for step in Step)
    return Figure(indicator, _fresh(indicator, Mark(Quality.A)), parts)


def attributes(indicator: Indicator, paths: list[str], on: date) -> Figure:
    """Weighted means of the six attributes; `extra["lowest"]` names the lowest."""
    sums = _sums(_values(indicator, paths))
    rubric = Criterion.objects.filter(parent=None, code__in=list(sums)).order_by("-form__version", "order", "pk")
    named: dict[str, Criterion] = {}
    for criterion in rubric:
        named.setdefault(criterion.code, criterion)
    parts = tuple(
        Part(code, str(criterion), _mean(*sums[code][:2]), sums[code][1])
        for code, criterion in sorted(named.items(), key=lambda item: item[1].order)
    )
    lowest = min(parts, key=lambda part: part.value, default=None)
    low = policy("talent.attribute.low")
    mark = Mark(Quality.A) if parts else Mark(Quality.C, _("no opinion has been issued in scope"))
    extra: dict[str, object] = {"lowest": lowest, "low": low, "alarming": lowest is not None and lowest.value < low}
    return Figure(indicator, _fresh(indicator, mark), parts, extra)


def _mean(points: Decimal, weights: Decimal) -> Decimal:
    return (points / weights).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) if weights else ZERO


def findings(indicator: Indicator, paths: list[str], on: date) -> Figure:
    """Open findings by how late they are in working days."""
    sums = _sums(_values(indicator, paths))
    parts = tuple(Part(b.value, str(b.label), sums.get(b.value, (ZERO, ZERO, ()))[0]) for b in Bucket)
    late = sum((part.value for part in parts if part.code in LATE), ZERO)
    return Figure(indicator, _fresh(indicator, Mark(Quality.A)), parts, {"late": int(late), "worst": int(parts[-1].value)})


def committees(indicator: Indicator, paths: list[str], on: date) -> Figure:
    """Voting seats filled of those planned."""
    value, planned, levels = _sums(_values(indicator, paths)).get("filled", (ZERO, ZERO, (ZERO,) * 3))
    part = Part("filled", str(indicator), value, planned, levels, percent(value, planned))
    mark = Mark(Quality.A) if planned else Mark(Quality.C, _("no data in scope"))
    return Figure(indicator, _fresh(indicator, mark), (part,))


def by_province(code: str, paths: list[str]) -> dict[str, tuple[str, Decimal]]:
    """{province code: (name, value)} of one map: hours met and seats filled in percent, reviews and late findings as counts.

    A province without a row is not in it: it has not reported.
    """
    wanted = {IndicatorCode.HOURS: ["met"], IndicatorCode.COMMITTEES: ["filled"], IndicatorCode.FINDINGS: [b.value for b in LATE]}
    values = IndicatorValue.objects.filter(indicator__code=code).under(paths)
    if code in wanted:
        values = values.filter(part__in=wanted[IndicatorCode(code)])
    totals: dict[str, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    for region, value, base in values.order_by().values_list("organisation__region__code").annotate(v=Sum("value"), b=Sum("base")):
        total = totals[region[:2] + "0000"]
        total[0] += value
        total[1] += base
    names = dict(_province_names(list(totals)))
    rates = code in (IndicatorCode.HOURS, IndicatorCode.COMMITTEES)
    found = {}
    for region, (value, base) in totals.items():
        shown = percent(value, base) if rates else value
        if shown is not None:
            found[region] = (names.get(region, region), shown)
    return found


def _province_names(codes: list[str]) -> Iterable[tuple[str, str]]:
    return ((region.code, str(region)) for region in Region.objects.filter(code__in=codes))


def hours_by_body(paths: list[str], under: Organisation | None = None) -> QuerySet[IndicatorValue]:
    """Bodies in scope with their hours met, in tree order."""
    values = IndicatorValue.objects.filter(indicator__code=IndicatorCode.HOURS, part="met", base__gt=0).under(paths)
    if under is not None:
        values = values.under([under.path])
    found: QuerySet[IndicatorValue] = values.select_related("organisation__region").order_by("organisation__path")
    return found


def stages() -> list[str]:
    """Codes of the stages in order."""
    return [stage.value for stage in StageCode]


LEVELS = tuple(Level)
