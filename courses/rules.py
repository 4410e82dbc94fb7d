"""Who may: deny by default."""

import rules

from hanlin.people.enums import Role
from hanlin.people.queries.scope import has_role, reaches


@rules.predicate
def runs_training(person):
    return person.is_authenticated and has_role(person, Role.TRAINING_ADMIN)


@rules.predicate
def runs_training_of(person, assignment):
    return assignment is not None and reaches(person, assignment.owner, Role.TRAINING_ADMIN)


@rules.predicate
def follows_training(person):
    return person.is_authenticated and has_role(person, Role.TRAINING_ADMIN, Role.LEADER)


rules.add_perm("courses.list_assignments", follows_training)
rules.add_perm("courses.make_assignment", runs_training)
rules.add_perm("courses.run_assignment", runs_training_of)
