"""Whom an assignment means: main posts of a day in some bodies and all below them, at some levels."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from courses.models import Assignment
from hanlin.people.enums import PersonStatus
from hanlin.people.models import Organisation, Post, Rank


def posts_meant(organisations: Iterable[Organisation], ranks: Iterable[Rank], *, on: date) -> QuerySet[Post]:
    """Main posts on a day under any of `organisations` at any of `ranks` (all levels where there are none)."""
    scope = Q(pk__in=[])
    for organisation in organisations:
        scope |= Q(organisation__path__startswith=organisation.path)
    rank_keys = [rank.pk for rank in ranks]
    levels = Q(level__in=rank_keys) | Q(grade__in=rank_keys) if rank_keys else Q()
    rows = Post.objects.current(on).filter(scope, levels, is_main=True, person__status=PersonStatus.ACTIVE)
    return rows.order_by("organisation__path", "person__pinyin", "pk")


def posts_of(assignment: Assignment, *, on: date) -> QuerySet[Post]:
    """The same for an assignment as it is written down."""
    return posts_meant(assignment.organisations.all(), assignment.ranks.all(), on=on)
