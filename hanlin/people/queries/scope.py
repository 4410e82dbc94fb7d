"""Which organisations a person's roles reach. Everything that asks "may they" or "what do they see" starts here."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from hanlin.people.enums import Role
from hanlin.people.models import Organisation, Person


def roles_of(person: Person) -> dict[str, list[str]]:
    """Roles in force with the tree paths they cover; one query, then remembered on the object of this request."""
    if not person.is_authenticated:
        return {}
    return person.grant_paths()


def has_role(person: Person, *roles: Role) -> bool:
    """True where the person holds one of the roles anywhere."""
    held = roles_of(person)
    return any(role in held for role in roles)


def reaches(person: Person, organisation: Organisation, *roles: Role) -> bool:
    """True where one of the roles covers this organisation."""
    held = roles_of(person)
    return any(organisation.path.startswith(path) for role in roles for path in held.get(role, ()))


def within(person: Person, field: str, *roles: Role) -> Q:
    """A filter on rows whose organisation (`field`, e.g. "owner" or "post__organisation") one of the roles reaches.

    Without such a role it matches nothing.
    """
    paths: Iterable[Any] = {path for role in roles for path in roles_of(person).get(role, ())}
    scope = Q(pk__in=[])
    for path in paths:
        scope |= Q(**{f"{field}__path__startswith": path})
    return scope


def bodies_within(person: Person, *roles: Role) -> QuerySet[Organisation]:
    """The open bodies that the roles cover, in the order of the tree."""
    scope = Q(pk__in=[])
    for path in {path for role in roles for path in roles_of(person).get(role, ())}:
        scope |= Q(path__startswith=path)
    return Organisation.objects.open().filter(scope).order_by("path")
