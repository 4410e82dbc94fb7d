"""Conflicts of interest: what the rules of withdrawal say of experts and the parties to a matter on a day.

The same inputs give the same findings. Many experts cost as many queries as one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from committees.enums import Detector, Effect, PartyRole, Relation, TieKind
from committees.models import CoiRule, Expert, Tie
from hanlin.kernel.queries.policy import policy
from hanlin.people.models import Employment, Organisation, OrganisationName, Person, Post

Day = date  # `CoiFinding.date` hides the type
HARDNESS = {Effect.BLOCK: 0, Effect.WARN: 1, Effect.DISCLOSE: 2}


@dataclass(frozen=True)
class CoiFinding:
    """What one rule said of one expert and one party on a day. `fact` is in the current language."""

    rule_id: str
    effect: str  # Effect
    fact: str
    date: Day  # the day it was asked for
    source: str  # the rule's sources
    rule: str = ""  # the rule's name
    mark: str = ""  # how well the rule is known: kernel PolicyMark
    party_role: str = ""  # PartyRole; blank: the person alone
    organisation_id: int | None = None
    until: Day | None = None  # the last day on which it holds; None: it still holds


@dataclass(frozen=True)
class _Bond:
    """A tie, a post or a former employment, seen alike."""

    kind: str
    relation: str
    path: str  # of the body in the tree; blank where it is known by words alone
    organisation_id: int | None
    body: str
    position: str
    started_on: date | None
    ended_on: date | None
    is_post: bool = False


@dataclass(frozen=True)
class _Party:
    role: str
    organisation: Organisation
    formerly: frozenset[int]  # bodies that this one succeeded
    names: frozenset[str]


def add_years(day: date, years: int) -> date:
    """The corresponding day `years` later; where there is none (29 February), the month's last."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def last_day(ended_on: date | None, years: int | None, ever: bool) -> date | None:
    """The last day on which a tie that ended on `ended_on` still counts; None: no end in sight.

    A period of years ends with the corresponding day, that day included (民法典 articles 201 and 202),
    so a tie that ended two years and eleven months ago still counts in a window of three years.
    """
    if ended_on is None or ever:
        return None
    return add_years(ended_on, years) if years else ended_on


def evaluate(expert: Expert, parties: Mapping[str, Sequence[Organisation]], *, on: date, region: str = "") -> list[CoiFinding]:
    """Findings of one expert, hardest first. `parties` is {PartyRole: bodies}."""
    return evaluate_many([expert], parties, on=on, region=region)[expert.person_id]


def evaluate_many(
    experts: Iterable[Expert], parties: Mapping[str, Sequence[Organisation]], *, on: date, region: str = ""
) -> dict[int, list[CoiFinding]]:
    """Findings of each expert by person id, hardest first; an expert without findings has an empty list."""
    ids = [expert.person_id for expert in experts]
    rules = list(CoiRule.objects.filter(in_force=True).exclude(detector=Detector.MATTER).order_by("code"))
    windows = {code: int(policy(code, on=on, region=region)) for code in sorted({rule.window_policy for rule in rules} - {""})}
    known, bonds = _parties(parties), _bonds(ids)
    ages = _over_age(ids, on, region)
    found: dict[int, list[CoiFinding]] = {}
    for person_id in ids:
        mine = []
        for rule in rules:
            if rule.detector == Detector.AGE:
                mine += _by_age(rule, ages.get(person_id), on)
            elif rule.detector == Detector.OWN_UNIT:
                mine += _by_unit(rule, bonds[person_id], known, on)
            else:
                mine += _by_tie(rule, bonds[person_id], known, on, windows.get(rule.window_policy))
        found[person_id] = sorted(mine, key=lambda finding: (HARDNESS[Effect(finding.effect)], finding.rule_id))
    return found


def worst(findings: Iterable[CoiFinding]) -> str:
    """The hardest effect among findings; blank where there is none."""
    return min((finding.effect for finding in findings), key=lambda effect: HARDNESS[Effect(effect)], default="")


def _parties(parties: Mapping[str, Sequence[Organisation]]) -> list[_Party]:
    ids = {body.pk for bodies in parties.values() for body in bodies}
    formerly: dict[int, set[int]] = defaultdict(set)
    names: dict[int, set[str]] = defaultdict(set)
    earlier = Organisation.objects.filter(succeeded_by__in=ids).values_list("succeeded_by", "pk", "name")
    for successor, pk, name in earlier:
        formerly[successor].add(pk)
        names[successor].add(_plain(name))
    for pk, name in OrganisationName.objects.filter(organisation__in=ids).values_list("organisation", "name"):
        names[pk].add(_plain(name))
    return [
        _Party(
            PartyRole(role),
            body,
            frozenset(formerly[body.pk]),
            frozenset(names[body.pk] | {_plain(body.name), _plain(body.short_name)} - {""}),
        )
        for role, bodies in parties.items()
        for body in bodies
    ]


def _plain(name: str) -> str:
    return "".join(name.split()).replace("(", "（").replace(")", "）").lower()


def _bonds(ids: Sequence[int]) -> dict[int, list[_Bond]]:
    bonds: dict[int, list[_Bond]] = defaultdict(list)
    for tie in Tie.objects.standing().filter(person__in=ids).select_related("organisation").order_by("pk"):
        bonds[tie.person_id].append(
            _bond(tie.kind, tie.relation, tie.organisation, tie.organisation_text, tie.position, tie.started_on, tie.ended_on)
        )
    for job in Employment.objects.filter(person__in=ids).select_related("organisation").order_by("pk"):
        bonds[job.person_id].append(
            _bond(
                TieKind.EMPLOYMENT, Relation.SELF, job.organisation, job.organisation_text, job.role, job.started_on, job.ended_on
            )
        )
    for post in Post.objects.filter(person__in=ids).select_related("organisation").order_by("pk"):
        bonds[post.person_id].append(
            _bond(
                TieKind.EMPLOYMENT, Relation.SELF, post.organisation, "", post.title, post.started_on, post.ended_on, is_post=True
            )
        )
    return bonds


def _bond(
    kind: str,
    relation: str,
    organisation: Organisation | None,
    text: str,
    position: str,
    started_on: date | None,
    ended_on: date | None,
    is_post: bool = False,
) -> _Bond:
    path, pk, body = (organisation.path, organisation.pk, organisation.name) if organisation else ("", None, text)
    return _Bond(kind, relation, path, pk, body, position, started_on, ended_on, is_post)


def _touches(bond: _Bond, party: _Party) -> bool:
    """True where the bond's body is the party, lies below it, became it, or is it by name."""
    if bond.path:
        return bond.path.startswith(party.organisation.path) or bond.organisation_id in party.formerly
    return _plain(bond.body) in party.names


def _counts(bond: _Bond, on: date, until: date | None) -> bool:
    return (bond.started_on is None or bond.started_on <= on) and (until is None or on <= until)


def _by_tie(rule: CoiRule, bonds: list[_Bond], parties: list[_Party], on: date, years: int | None) -> list[CoiFinding]:
    findings = []
    for bond in bonds:
        if bond.kind not in rule.kinds or bond.relation not in rule.relations:
            continue
        until = last_day(bond.ended_on, years, rule.ever)
        if not _counts(bond, on, until):
            continue
        findings += [
            _finding(rule, rule.effect, _tie_words(bond, until, years), on, party, until)
            for party in parties
            if party.role in rule.parties and _touches(bond, party)
        ]
    return findings


def _by_unit(rule: CoiRule, bonds: list[_Bond], parties: list[_Party], on: date) -> list[CoiFinding]:
    findings = []
    own = [b for b in bonds if b.kind == TieKind.EMPLOYMENT and b.relation == Relation.SELF]
    for bond in [b for b in own if _counts(b, on, b.ended_on)]:
        for party in (party for party in parties if party.role in rule.parties):
            words = {"body": bond.body, "party": party.organisation.name, "role": PartyRole(party.role).label}
            if _plain(bond.body) == _plain(party.organisation.name):
                fact = _("Own unit: %(body)s is the %(role)s.") % words
                findings.append(_finding(rule, rule.effect, fact, on, party, bond.ended_on))
            elif _touches(bond, party):
                fact = _("Own unit %(body)s belongs to the %(role)s %(party)s.") % words
                findings.append(_finding(rule, rule.effect, fact, on, party, bond.ended_on))
            elif bond.path and party.organisation.path.startswith(bond.path):
                fact = _("Own unit %(body)s stands over the %(role)s %(party)s.") % words
                findings.append(_finding(rule, Effect.WARN, fact, on, party, bond.ended_on))
    return findings


def _over_age(ids: Sequence[int], on: date, region: str) -> dict[int, tuple[int, int]]:
    limit = int(policy("pool.age_limit", on=on, region=region))
    born = Person.objects.filter(pk__in=ids, born_on__isnull=False).values_list("pk", "born_on")
    ages = {pk: age(day, on) for pk, day in born if day is not None}
    return {pk: (years, limit) for pk, years in ages.items() if years >= limit}


def age(born_on: date, on: date) -> int:
    """Full years of age on a day."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _by_age(rule: CoiRule, over: tuple[int, int] | None, on: date) -> list[CoiFinding]:
    if over is None:
        return []
    fact = _("%(age)d years old; the pool's limit is under %(limit)d.") % {"age": over[0], "limit": over[1]}
    return [_finding(rule, rule.effect, fact, on, None, None)]


def _finding(rule: CoiRule, effect: str, fact: str, on: date, party: _Party | None, until: date | None) -> CoiFinding:
    return CoiFinding(
        rule_id=rule.code,
        effect=effect,
        fact=fact,
        date=on,
        source=_("; ").join(rule.sources),
        rule=str(rule),
        mark=rule.mark,
        party_role=party.role if party else "",
        organisation_id=party.organisation.pk if party else None,
        until=until,
    )


def _tie_words(bond: _Bond, until: date | None, years: int | None) -> str:
    whose, kind = Relation(bond.relation).label, TieKind(bond.kind).label
    what = _("%(whose)s: %(kind)s, %(body)s") % {"whose": whose, "kind": kind, "body": bond.body}
    if bond.position:
        what = _("%(what)s, %(position)s") % {"what": what, "position": bond.position}
    if bond.ended_on is None:
        return _("%(what)s; it still holds.") % {"what": what}
    words = {"what": what, "ended": date_format(bond.ended_on, "DATE_FORMAT")}
    if until is None:
        return _("%(what)s, ended on %(ended)s.") % words
    words["until"] = date_format(until, "DATE_FORMAT")
    if not years:
        return _("%(what)s, until %(until)s.") % words
    return _("%(what)s, ended on %(ended)s; with %(years)d years it counts until %(until)s.") % {**words, "years": years}
