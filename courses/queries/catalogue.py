"""Finding courses: words, facets, and how many each facet has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from courses.enums import Ability, CourseForm, EnrolmentState, Theme
from courses.models import Course, CourseAbility, Enrolment
from hanlin.people.models import Person

LENGTHS = {"short": Q(minutes__lte=30), "middle": Q(minutes__gt=30, minutes__lte=60), "long": Q(minutes__gt=60)}


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; unknown values were dropped by `wanted`."""

    words: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    abilities: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    lengths: tuple[str, ...] = ()


def wanted(words: str, picked: Mapping[str, Iterable[str]]) -> Wanted:
    """Clean input: at most five words, only known facet values."""

    def known(name: str, values: Iterable[str]) -> tuple[str, ...]:
        return tuple(value for value in picked.get(name, ()) if value in set(values))

    return Wanted(
        tuple(words[:80].split()[:5]),
        known("theme", Theme.values),
        known("ability", Ability.values),
        known("form", CourseForm.values),
        known("length", LENGTHS),
    )


def found(want: Wanted) -> QuerySet[Course]:
    """Published courses that fit: any value within a facet, all facets, all words."""
    rows = Course.objects.in_catalogue()
    for word in want.words:
        rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(teacher__icontains=word))
    if want.themes:
        rows = rows.filter(theme__in=want.themes)
    if want.forms:
        rows = rows.filter(form__in=want.forms)
    if want.abilities:
        rows = rows.filter(Exists(CourseAbility.objects.filter(course=OuterRef("pk"), ability__in=want.abilities)))
    lengths = Q()
    for length in want.lengths:
        lengths |= LENGTHS[length]
    return rows.filter(lengths)


def with_standing(rows: QuerySet[Course], person: Person) -> QuerySet[Course]:
    """Marks what the person studies (`is_mine`) and has finished (`is_done`)."""
    mine = Enrolment.objects.filter(person=person, course=OuterRef("pk"))
    return rows.annotate(
        is_mine=Exists(mine.filter(state=EnrolmentState.ACTIVE)), is_done=Exists(mine.filter(state=EnrolmentState.COMPLETED))
    )


def counts() -> dict[str, int]:
    """How many published courses each facet value has, as "facet:value"; one query."""
    keys: dict[str, Q] = {f"theme:{value}": Q(theme=value) for value in Theme.values}
    keys |= {f"form:{value}": Q(form=value) for value in CourseForm.values}
    keys |= {f"ability:{value}": Q(abilities__ability=value) for value in Ability.values}
    keys |= {f"length:{value}": condition for value, condition in LENGTHS.items()}
    names = {name: f"n{place}" for place, name in enumerate(keys)}
    totals = Course.objects.in_catalogue().aggregate(
        **{names[name]: Count("pk", filter=condition, distinct=True) for name, condition in keys.items()}
    )
    return {name: totals[names[name]] for name in keys}
