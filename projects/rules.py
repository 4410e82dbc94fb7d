"""Who may do what to projects and reviews. What nobody may is not listed; what is not listed nobody may."""

import rules

from hanlin.people.enums import Role
from hanlin.people.queries.scope import has_role, reaches
from projects.enums import OpinionState, SeatState
from projects.models import PanelOpinion

_OPENED = (SeatState.DECLARED, SeatState.ASSESSED, SeatState.SIGNED)


@rules.predicate
def is_owner(person, _row=None):
    return has_role(person, Role.OWNER)


@rules.predicate
def is_secretary(person, _row=None):
    return has_role(person, Role.SECRETARY)


@rules.predicate
def works_here(person, _row=None):
    """The room's lists are for those who own, keep, lead or judge projects."""
    return has_role(person, Role.OWNER, Role.SECRETARY, Role.LEADER)


@rules.predicate
def owns_project(person, project):
    return project is not None and reaches(person, project.owner, Role.OWNER)


@rules.predicate
def keeps_project(person, project):
    return project is not None and reaches(person, project.owner, Role.SECRETARY)


@rules.predicate
def owns_review(person, review):
    return review is not None and reaches(person, review.project.owner, Role.OWNER)


@rules.predicate
def keeps_review(person, review):
    return review is not None and reaches(person, review.project.owner, Role.SECRETARY)


@rules.predicate
def opinion_is_out(person, review):
    """Before the issue the panel's names are secret (招标投标法 article 37)."""
    return review is not None and PanelOpinion.objects.filter(round__review=review, state=OpinionState.ISSUED).exists()


@rules.predicate
def sits(person, seat):
    return seat is not None and seat.expert.person_id == person.pk


@rules.predicate
def has_declared(person, seat):
    return seat is not None and seat.state in _OPENED


rules.add_perm("projects.see_room", works_here)
rules.add_perm("projects.register_project", is_owner)
rules.add_perm("projects.change_project", owns_project)
rules.add_perm("projects.file_document", owns_project)
rules.add_perm("projects.apply_for_review", owns_project)
rules.add_perm("projects.keep_project", keeps_project)
rules.add_perm("projects.open_review", is_secretary)
rules.add_perm("projects.keep_review", keeps_review)
rules.add_perm("projects.answer_review", owns_review)
rules.add_perm("projects.see_panel", keeps_review | opinion_is_out)
rules.add_perm("projects.sit", sits)
rules.add_perm("projects.open_papers", sits & has_declared)
