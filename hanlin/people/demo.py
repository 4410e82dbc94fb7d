"""The people and bodies of the demonstration: fictional, marked, removable."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from hanlin.people.domain import accounts, grants, organisations, posts, reference
from hanlin.people.enums import OrganisationKind, RankSystem, Role
from hanlin.people.models import Grant, Notice, Organisation, Person, Post, Rank, Region

PASSWORD = "Hanlin-demo-2026"  # noqa: S105 printed by the start command and in the README; no real account has it


@transaction.atomic
def load(*, on: date) -> None:
    """Regions, the tree of bodies, people with posts and roles, all dates counted back from `on`."""
    reference.load()
    _load_regions()
    _load_organisations(on)
    ranks = {(rank.system, rank.code): rank for rank in Rank.objects.all()}
    sealed = make_password(PASSWORD)  # hashed once: stretching sixty times would take half a minute
    for row in reference.rows("demo_people.csv"):
        if not Person.objects.filter(username=row["username"]).exists():
            _load_person(row, ranks, sealed, on)


def _load_regions() -> None:
    for row in reference.rows("demo_regions.csv"):
        parent = Region.objects.get(code=row["parent"])
        fields = {key: row[key] for key in ("name", "name_hant", "name_en", "short", "level")}
        Region.objects.get_or_create(code=row["code"], defaults={**fields, "parent": parent, "is_demo": True})


def _load_organisations(on: date) -> None:
    for row in reference.rows("demo_organisations.csv"):
        if Organisation.objects.filter(name=row["name"], is_demo=True).exists():
            continue
        organisations.add(
            row["name"],
            parent=Organisation.objects.get(name=row["parent"], is_demo=True) if row["parent"] else None,
            kind=OrganisationKind(row["kind"]),
            region=Region.objects.get(code=row["region"]),
            short_name=row["short_name"],
            credit_code=row["credit_code"],
            document_code=row["document_code"],
            actor=None,
            on=date(on.year - 8, 1, 1),
            is_demo=True,
        )


def _load_person(row: dict[str, str], ranks: dict[tuple[str, str], Rank], sealed: str, on: date) -> None:
    """One row of the table: account, main post, roles. Sealed is the hashed password of all."""
    seed = sum(map(ord, row["username"]))  # spreads birthdays and starts over the year, the same on every machine
    person = accounts.register(
        row["name"],
        username=row["username"],
        actor=None,
        is_demo=True,
        gender=row["gender"],
        born_on=date(on.year - int(row["age"]), seed % 12 + 1, seed % 28 + 1),
        email=f"{row['username']}@demo.example",
    )
    Person.objects.filter(pk=person.pk).update(password=sealed, must_change_password=False)
    started = date(on.year - int(row["years"]), seed % 12 + 1, 1)
    if started >= on:
        started = date(on.year if on.month > 2 else on.year - 1, 2, 1)
    posts.start(
        person,
        Organisation.objects.get(name=row["organisation"], is_demo=True),
        title=row["title"],
        level=ranks.get((RankSystem.LEADERSHIP, row["level"])),
        grade=ranks.get((RankSystem.GRADE, row["grade"])),
        professional_title=ranks.get((RankSystem.TITLE, row["professional"])),
        on=started,
        actor=None,
    )
    for word in row["roles"].split():
        role, _at, body = word.partition("@")
        over = Organisation.objects.get(name=body, is_demo=True)
        grants.give(person, Role(role), over, actor=None, on=date(on.year, 1, 1), reason="演示数据")


@transaction.atomic
def remove() -> None:
    """Everything that `load` made; the rooms above have removed their own before."""
    people, bodies = Person.objects.filter(is_demo=True), Organisation.objects.filter(is_demo=True)
    Notice.objects.filter(person__in=people).delete()
    Grant.objects.filter(organisation__in=bodies).delete()
    Grant.objects.filter(person__in=people).delete()
    Post.objects.filter(organisation__in=bodies).delete()
    people.delete()
    bodies.update(succeeded_by=None)
    bodies.delete()
    for level in ("county", "city", "province"):
        Region.objects.filter(is_demo=True, level=level).delete()
