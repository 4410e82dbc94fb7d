"""Who may do what in the committees' room. What is not granted here is denied."""

import rules

from hanlin.people.enums import Role
from hanlin.people.queries.scope import has_role, reaches


@rules.predicate
def keeps_committee(person, committee):
    """A secretary whose grant covers the committee."""
    return committee is not None and reaches(person, committee.organisation, Role.SECRETARY)


@rules.predicate
def keeps_pool_of(person, row):
    """A secretary over the committee of an expert or an admission."""
    return row is not None and reaches(person, row.committee.organisation, Role.SECRETARY)


@rules.predicate
def is_self(person, expert):
    return expert is not None and expert.person_id == person.pk


@rules.predicate
def is_secretary(person):
    return has_role(person, Role.SECRETARY)


@rules.predicate
def is_expert(person):
    return has_role(person, Role.EXPERT)


rules.add_perm("committees.seat", keeps_committee)
rules.add_perm("committees.view_history", keeps_committee)
rules.add_perm("committees.view_directory", is_secretary)
rules.add_perm("committees.view_expert", keeps_pool_of | is_self)
rules.add_perm("committees.keep_ties", keeps_pool_of)
rules.add_perm("committees.declare", is_expert)
rules.add_perm("committees.admit", keeps_pool_of)
rules.add_perm("committees.nominate", keeps_committee)
