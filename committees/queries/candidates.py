"""People who have earned a look by a committee, with the evidence. Putting them forward stays a person's act."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from committees.models import Expert, PoolAdmission
from committees.registries import CANDIDATES, Evidence
from hanlin.people.models import Organisation, Person, Post


def candidates_under(over: Organisation) -> QuerySet[Person]:
    """People offered by any source under `over`, who are in no pool and not on the way into one, by pinyin."""
    offered = Q(pk__in=[])
    for source in CANDIDATES:
        offered |= Q(pk__in=source.people(over.path))
    posts = Post.objects.current().select_related("organisation", "level", "grade").order_by("-is_main", "-started_on")
    return (
        Person.objects.filter(offered)
        .exclude(pk__in=Expert.objects.live().values("person"))
        .exclude(pk__in=PoolAdmission.objects.open().values("person"))
        .prefetch_related(Prefetch("posts", posts, to_attr="posts_of_day"))
        .order_by("pinyin", "pk")
    )


def evidence_of(person_ids: Iterable[int]) -> dict[int, list[Evidence]]:
    """What every source says of these people, the newest first."""
    ids = list(person_ids)
    found: dict[int, list[Evidence]] = {person_id: [] for person_id in ids}
    for source in CANDIDATES:
        for person_id, facts in source.evidence(ids).items():
            found[person_id] += facts
    return {pk: sorted(facts, key=lambda fact: str(fact.on or ""), reverse=True) for pk, facts in found.items()}
