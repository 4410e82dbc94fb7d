"""Who keeps a project's reviews, and who owns it."""

from django.db.models import QuerySet

from hanlin.people.enums import OrganisationKind, Role
from hanlin.people.models import Grant, Organisation, Person
from projects.models import GovProject


def _above(body: Organisation) -> list[str]:
    step = Organisation.steplen
    return [body.path[:end] for end in range(step, len(body.path) + 1, step)]


def holders(body: Organisation, role: Role) -> QuerySet[Person]:
    """People whose role reaches a body, by name."""
    grants = Grant.objects.in_force().filter(role=role, organisation__path__in=_above(body))
    return Person.objects.filter(pk__in=grants.values("person"), is_active=True).order_by("pinyin", "pk")


def secretaries_of(project: GovProject) -> QuerySet[Person]:
    return holders(project.owner, Role.SECRETARY)


def owners_of(project: GovProject) -> QuerySet[Person]:
    return holders(project.owner, Role.OWNER)


def committee_for(project: GovProject) -> Organisation | None:
    """The expert committee that keeps a project's reviews: of its own region, else of its province."""
    root = project.owner.path[: Organisation.steplen]
    bodies = Organisation.objects.filter(kind=OrganisationKind.COMMITTEE, path__startswith=root, closed_on=None)
    own = bodies.filter(region=project.region_id).order_by("path").first()
    return own or bodies.order_by("depth", "path").first()
