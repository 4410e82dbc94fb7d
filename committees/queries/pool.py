"""Who is in a pool and free to be asked."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from committees.models import Absence, Expert, ExpertCommittee, Field
from committees.registries import WORKLOADS
from hanlin.people.models import Organisation, Post, Region


def with_workload(experts: QuerySet[Expert], on: date | None = None) -> QuerySet[Expert]:
    """Annotate `workload`: what the rooms above say an expert has in hand on a day (today)."""
    day = on or timezone.localdate()
    total: Combinable = Value(0)
    for provider in WORKLOADS:
        total = total + Coalesce(provider(day), 0)
    return experts.annotate(workload=total)


def with_employers(experts: QuerySet[Expert], on: date | None = None) -> QuerySet[Expert]:
    """Fetch what a row of a directory shows: person, title, fields, the posts of the day."""
    posts = Post.objects.current(on).select_related("organisation").order_by("-is_main", "-started_on")
    return experts.select_related("person", "title", "committee__region").prefetch_related(
        Prefetch("person__posts", posts, to_attr="posts_of_day"),
        Prefetch("fields", Field.objects.order_by("code"), to_attr="fields_shown"),
    )


def employer_of(expert: Expert) -> Organisation | None:
    """The body of the main post, of rows that came through `with_employers`; None: retired or outside the tree."""
    posts: list[Post] = getattr(expert.person, "posts_of_day")  # noqa: B009 fetched by `with_employers`
    return posts[0].organisation if posts else None


def in_field(experts: QuerySet[Expert], field: Field) -> QuerySet[Expert]:
    """Experts with a speciality at or below `field`."""
    through = Expert.fields.through.objects.filter(expert=OuterRef("pk"), field__code__startswith=field.code)
    return experts.filter(Exists(through))


def in_family(experts: QuerySet[Expert], family: str) -> QuerySet[Expert]:
    """Experts with a speciality of a family (FieldFamily), for panels composed by shares."""
    through = Expert.fields.through.objects.filter(expert=OuterRef("pk"), field__family=family)
    return experts.filter(Exists(through))


def named(experts: QuerySet[Expert], words: str) -> QuerySet[Expert]:
    """Experts whose name, pinyin, employer or field contains the words."""
    words = words.strip()
    if not words:
        return experts
    sound = words.lower().replace(" ", "").replace("'", "")
    here = Post.objects.current().filter(person=OuterRef("person"), organisation__name__contains=words)
    through = Expert.fields.through.objects.filter(expert=OuterRef("pk"), field__name__contains=words)
    return experts.filter(
        Q(person__name__contains=words) | Q(person__pinyin_plain__startswith=sound) | Exists(here) | Exists(through)
    )


def candidates(
    *,
    on: date | None = None,
    committee: ExpertCommittee | None = None,
    region: Region | None = None,
    fields: Sequence[Field] = (),
    family: str = "",
    exclude: Iterable[int] = (),
    free_on: date | None = None,
) -> QuerySet[Expert]:
    """Experts who may be asked on a day, least loaded first, then by pinyin.

    `fields` joins by OR; `exclude` holds person ids; `free_on` leaves out whoever is away that day.
    Conflicts and age are not looked at here: ask `coi.evaluate_many`, so that the reason can be shown.
    """
    day = on or timezone.localdate()
    found: QuerySet[Expert] = Expert.objects.appointed_on(day).exclude(person__in=list(exclude))
    if committee is not None:
        found = found.filter(committee=committee)
    if region is not None:
        found = found.filter(committee__region=region)
    if fields:
        wanted = Q()
        for field in fields:
            wanted |= Q(field__code__startswith=field.code)
        found = found.filter(Exists(Expert.fields.through.objects.filter(wanted, expert=OuterRef("pk"))))
    if family:
        found = in_family(found, family)
    if free_on is not None:
        away = Absence.objects.filter(person=OuterRef("person"), first_day__lte=free_on, last_day__gte=free_on)
        found = found.exclude(Exists(away))
    return with_workload(with_employers(found, day), day).order_by(F("workload"), "person__pinyin", "pk")


def jobs_of(person_ids: Iterable[int], on: date) -> dict[int, Post]:
    """The main post that each person holds on a day."""
    posts = Post.objects.current(on).filter(person__in=list(person_ids)).select_related("organisation")
    return {post.person_id: post for post in posts.order_by("is_main", "started_on")}
