"""Who may see the decision board: leaders, and training administrators, each their own scope."""

import rules

from hanlin.people.enums import Role
from hanlin.people.queries.scope import has_role


@rules.predicate
def sees_figures(person):
    return has_role(person, Role.LEADER, Role.TRAINING_ADMIN)


@rules.predicate
def leads(person):
    return has_role(person, Role.LEADER)


rules.add_perm("talent.view_board", sees_figures)
rules.add_perm("talent.refresh", leads)
