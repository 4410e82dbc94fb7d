"""Taking in a roster: every row is looked at beside the database before anything is written.

A row whose person is here already, in the same post, is "same"; in another post it is "update" (the
new post ends the old one); contacts of people who are here are never changed by a roster, since
whoever could do that could take over an account.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanlin.kernel.crypto import blind_index
from hanlin.kernel.domain.audit import log
from hanlin.kernel.tables import Row
from hanlin.people.domain import accounts, posts
from hanlin.people.enums import Gender, Role
from hanlin.people.models import Organisation, OrganisationName, Person
from hanlin.people.queries.directory import with_posts
from hanlin.people.queries.scope import reaches

_SEX = 16


@dataclass
class Known:
    """What the database holds of the bodies and people that a file names; few queries, whatever its length."""

    bodies: dict[str, list[Organisation]] = field(default_factory=dict)
    by_key: dict[tuple[str, str], Person] = field(default_factory=dict)
    by_name: dict[str, list[Person]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: list[Row]) -> "Known":
        known = cls()
        known._read_bodies({row.values["organisation"] for row in rows})
        known._read_people(rows)
        return known

    def _read_bodies(self, words: set[str]) -> None:
        for body in Organisation.objects.open().filter(name__in=words):
            self.bodies.setdefault(body.name, []).append(body)
        for body in Organisation.objects.open().filter(credit_code__in={word.upper() for word in words}):
            self.bodies.setdefault(body.credit_code or "", []).append(body)
        earlier = OrganisationName.objects.filter(name__in=words - set(self.bodies)).select_related("organisation")
        for name in earlier:
            self.bodies.setdefault(name.name, []).append(name.organisation)

    def _read_people(self, rows: list[Row]) -> None:
        wanted: dict[str, set[str]] = {"citizen_id_index": set(), "mobile_index": set(), "email": set(), "username": set()}
        for row in rows:
            for key, value in _keys(row):
                wanted[key].add(value)
        for key, values in wanted.items():
            for person in with_posts(Person.objects.filter(**{f"{key}__in": values})).order_by("pk"):
                self.by_key[(key, str(getattr(person, key)).lower())] = person
        for person in with_posts(Person.objects.filter(name__in={row.values["name"] for row in rows})).order_by("pk"):
            self.by_name.setdefault(person.name, []).append(person)


def _keys(row: Row) -> Iterable[tuple[str, str]]:
    """The identifiers of a row as the database holds them."""
    values = row.values
    if values["citizen_id"]:
        yield "citizen_id_index", blind_index(values["citizen_id"])
    if values["mobile"]:
        yield "mobile_index", blind_index(values["mobile"])
    if values["email"]:
        yield "email", values["email"]
    if values["username"]:
        yield "username", values["username"]


def plan(rows: list[Row], *, actor: Person, context: dict[str, str]) -> None:
    """Say of every row what is wrong with it, all at once, or what it would do."""
    known = Known.of(rows)
    names = Counter((row.values["name"], row.values["organisation"]) for row in rows)
    for row in rows:
        _check_dates(row)
        if names[row.values["name"], row.values["organisation"]] > 1 and row.values["born_on"] is None:
            row.errors.append(_("The name stands here twice for this body. Add the dates of birth to tell them apart."))
        body = _body(row, known, actor)
        person = _person(row, known, body)
        if not row.errors:
            _decide(row, person, body, actor)


def _check_dates(row: Row) -> None:
    """Dates and sex against each other and against the ID number."""
    born, started, number = row.values["born_on"], row.values["started_on"], row.values["citizen_id"]
    if number:
        inside = date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
        if born is not None and inside != born:
            row.errors.append(_("The date of birth does not fit the citizen ID number. One of them is mistyped."))
        row.values["born_on"] = born = born or inside
        sex = Gender.MALE if int(number[_SEX]) % 2 else Gender.FEMALE
        if row.values["gender"] not in (Gender.UNKNOWN, sex):
            row.note = _("The gender does not fit the citizen ID number.")
    if born is not None and started is not None and started.year - born.year < 16:
        row.errors.append(_("The post would have begun before the person was 16."))


def _body(row: Row, known: Known, actor: Person) -> Organisation | None:
    """The body that a row names, if it is one, and the actor's to fill."""
    word = row.values["organisation"]
    found = known.bodies.get(word) or known.bodies.get(word.upper()) or []
    bodies = list({body.pk: body for body in found if body.closed_on is None}.values())
    if not bodies:
        row.errors.append(_("“%(word)s” is closed. Write the body that succeeds it.") % {"word": word})
        return None
    mine = [body for body in bodies if reaches(actor, body, Role.TRAINING_ADMIN)]
    if not mine:
        row.errors.append(_("“%(word)s” is not among the bodies that you look after.") % {"word": word})
        return None
    if len(mine) > 1:
        row.errors.append(_("Several bodies are called “%(word)s”. Write the credit code instead.") % {"word": word})
        return None
    return mine[0]


def _person(row: Row, known: Known, body: Organisation | None) -> Person | None:
    """The person of a row if they are here already; says where identifiers point to somebody else."""
    labels = {
        "citizen_id_index": _("Citizen ID number"),
        "mobile_index": _("Mobile number"),
        "email": _("E-mail"),
        "username": _("User name"),
    }
    found: dict[int, Person] = {}
    for key, value in _keys(row):
        person = known.by_key.get((key, value))
        if person is None:
            continue
        if person.name != row.values["name"]:
            row.errors.append(_("%(label)s: belongs to another person here already.") % {"label": labels[key]})
        found[person.pk] = person
    if len(found) > 1:
        row.errors.append(_("The row's identifiers belong to different people."))
    if found:
        return next(iter(found.values()))
    return _namesake(row, known, body)


def _namesake(row: Row, known: Known, body: Organisation | None) -> Person | None:
    """A person of the same name in the same body, unless the dates of birth say otherwise."""
    for person in known.by_name.get(row.values["name"], []):
        born = row.values["born_on"]
        if born and person.born_on and born != person.born_on:
            continue
        if body is not None and any(post.organisation_id == body.pk for post in person.held):  # type: ignore[attr-defined]
            return person
    return None


def _decide(row: Row, person: Person | None, body: Organisation | None, actor: Person) -> None:
    """What the row would do: create, update, or nothing."""
    row.values["person"], row.values["body"] = person, body
    if person is None:
        row.action = "create"
        return
    held = person.held  # type: ignore[attr-defined]
    if held and not any(reaches(actor, post.organisation, Role.TRAINING_ADMIN) for post in held):
        row.errors.append(_("This person is here already, in a body that another administrator looks after."))
        return
    if differing := _differing(row, person):
        row.errors.append(
            _("%(fields)s: differs from what is known here. The person or the system administrator changes it, not a roster.")
            % {"fields": _(", ").join(differing)}
        )
        return
    main = next((post for post in held if post.is_main), None)
    if main is not None and _same_post(row, main, body):
        row.action = "same"
        return
    row.action = "update"
    started = row.values["started_on"] or timezone.localdate()
    if main is not None and started < main.started_on:
        row.errors.append(
            _("The present post at %(body)s began on %(date)s; the new one cannot begin earlier.")
            % {"body": main.organisation.name, "date": main.started_on.isoformat()}
        )


def _same_post(row: Row, post: Any, body: Organisation | None) -> bool:
    values = row.values
    started = values["started_on"]
    return bool(
        body is not None
        and post.organisation_id == body.pk
        and post.title == values["title"]
        and (values["level"] is None or post.level_id == values["level"].pk)
        and (values["grade"] is None or post.grade_id == values["grade"].pk)
        and (started is None or post.started_on == started)
    )


def _differing(row: Row, person: Person) -> list[str]:
    """Facts of the account that the row gives otherwise than they are known."""
    pairs = [
        (_("Date of birth"), row.values["born_on"], person.born_on),
        (_("Citizen ID number"), row.values["citizen_id"], person.citizen_id),
        (_("Mobile number"), row.values["mobile"], person.mobile),
        (_("E-mail"), row.values["email"], person.email.lower()),
        (_("User name"), row.values["username"], person.username.lower()),
    ]
    return [str(label) for label, given, here in pairs if given and given != here]


@transaction.atomic
def apply(rows: list[Row], *, actor: Person, context: dict[str, str]) -> None:
    """Write what `plan` decided. New people get no password: it is made when it is handed out."""
    taken: set[str] = {row.values["username"] for row in rows if row.values["username"]}
    for row in rows:
        if row.action == "same":
            continue
        person = row.values["person"]
        if row.action == "create":
            person = _create(row, actor, taken)
        posts.start(
            person,
            row.values["body"],
            title=row.values["title"],
            level=row.values["level"],
            grade=row.values["grade"],
            on=row.values["started_on"] or timezone.localdate(),
            actor=actor,
        )
        log(person, "people.roster.take", actor=actor, after={"action": row.action, "row": row.number})


def _create(row: Row, actor: Person, taken: set[str]) -> Person:
    values = row.values
    username = values["username"] or accounts.free_username(values["name"], taken)
    taken.add(username)
    return accounts.register(
        values["name"],
        username=username,
        actor=actor,
        is_demo=values["body"].is_demo,
        gender=values["gender"],
        born_on=values["born_on"],
        citizen_id=values["citizen_id"],
        mobile=values["mobile"],
        email=values["email"],
    )
