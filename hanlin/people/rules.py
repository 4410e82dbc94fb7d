"""Who may do what with people, bodies and roles. What is not said here is not allowed."""

import rules

from hanlin.people.enums import DIRECTORY, Role
from hanlin.people.queries.scope import has_role, reaches


def holds(*roles):
    """The person holds one of the roles, wherever."""
    return rules.predicate(lambda person: person.is_authenticated and has_role(person, *roles), name=f"holds {roles}")


def over(*roles):
    """One of the roles covers this organisation; without an organisation, it is enough to hold it somewhere."""

    def covers(person, organisation=None):
        if not person.is_authenticated:
            return False
        return has_role(person, *roles) if organisation is None else reaches(person, organisation, *roles)

    return rules.predicate(covers, name=f"over {roles}")


@rules.predicate
def is_self(person, other=None):
    return other is not None and person.is_authenticated and person.pk == other.pk


rules.add_perm("people.view_directory", holds(*DIRECTORY))
rules.add_perm("people.view_roles", is_self | holds(Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN))
rules.add_perm("people.change_posts", over(Role.TRAINING_ADMIN))
rules.add_perm("people.import_roster", over(Role.TRAINING_ADMIN))
rules.add_perm("people.manage_grants", over(Role.SECURITY_ADMIN))
rules.add_perm("people.manage_accounts", holds(Role.SYSTEM_ADMIN))
rules.add_perm("people.manage_organisations", over(Role.SYSTEM_ADMIN))
