"""The people whom a person may find, with the posts that say who they are."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from hanlin.people.enums import DIRECTORY, RankSystem
from hanlin.people.models import Organisation, Person, Post, Rank
from hanlin.people.queries.scope import bodies_within


def with_posts(people: QuerySet[Person], on: date | None = None) -> QuerySet[Person]:
    """Each person with `held`: the posts of a day (today), the main one first."""
    posts = Post.objects.current(on).select_related("organisation", "level", "grade", "professional_title")
    return people.prefetch_related(Prefetch("posts", posts.order_by("-is_main", "started_on", "pk"), to_attr="held"))


def directory(viewer: Person, *, words: str = "", organisation: str = "", rank: str = "") -> QuerySet[Person]:
    """Visible people in the order of a directory.

    `words` are part of a name, a body, a title, or pinyin without tones; `organisation` and `rank` are primary
    keys as text: the body with all below it, the leading post or grade held today. What does not fit finds nobody.
    """
    people = Person.objects.visible_to(viewer)
    today = timezone.localdate()
    held = Q(posts__started_on__lte=today) & (Q(posts__ended_on=None) | Q(posts__ended_on__gt=today))
    for word in words.split()[:5]:
        plain = Q(name__contains=word) | Q(pinyin_plain__startswith=word.lower()) | Q(username__iexact=word)
        there = held & (Q(posts__organisation__name__contains=word) | Q(posts__title__contains=word))
        people = people.filter(plain | Q(pk__in=Person.objects.filter(there).values("pk")))
    if organisation:
        body = Organisation.objects.filter(pk=organisation).first() if organisation.isdigit() else None
        there = held & Q(posts__organisation__path__startswith=body.path) if body else Q(pk__in=[])
        people = people.filter(pk__in=Person.objects.filter(there).values("pk"))
    if rank:
        ranked = held & (Q(posts__level=rank) | Q(posts__grade=rank)) if rank.isdigit() else Q(pk__in=[])
        people = people.filter(pk__in=Person.objects.filter(ranked).values("pk"))
    return with_posts(people).order_by("pinyin", "pk")


def bodies_of(viewer: Person) -> QuerySet[Organisation]:
    """The bodies that the viewer looks after, in the order of the tree."""
    return bodies_within(viewer, *DIRECTORY)


def ranks() -> QuerySet[Rank]:
    """Leading posts and grades, highest first, for a filter."""
    return Rank.objects.filter(system__in=[RankSystem.LEADERSHIP, RankSystem.GRADE]).order_by("-system", "order")
