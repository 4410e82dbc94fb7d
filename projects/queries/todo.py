"""What this room asks of a person today."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hanlin.people.enums import Role
from hanlin.people.models import Person
from hanlin.people.queries.scope import has_role, within
from hanlin.people.registries import Todo
from projects.enums import FindingState, ReviewState, SeatState
from projects.models import ExpertReview, PanelSeat

_STEPS = {
    ReviewState.REGISTERED: "review",
    ReviewState.ACCEPTED: "panel",
    ReviewState.COMPOSING: "panel",
    ReviewState.MEETING: "review",
    ReviewState.DRAFTING: "opinion",
}


def todos_for(person: Person) -> list[Todo]:
    """To-dos of an expert's seats, a secretary's reviews, an owner's returns and findings. At most three queries."""
    found = _seats(person)
    if has_role(person, Role.SECRETARY):
        found += _reviews(person)
    if has_role(person, Role.OWNER):
        found += _owned(person)
    return found


def _seats(person: Person) -> list[Todo]:
    states = [SeatState.INVITED, SeatState.ACCEPTED, SeatState.DECLARED, SeatState.ASSESSED]
    seats = PanelSeat.objects.filter(expert__person=person, state__in=states)
    seats = seats.select_related("panel__round__review__project", "panel__round__review__definition", "invitation")
    todos = []
    for seat in seats.order_by("pk")[:30]:
        review = seat.panel.round.review
        title, meta = review.project.name, (str(review.definition),)
        if seat.state == SeatState.INVITED:
            due = timezone.localdate(seat.invitation.expires_at)
            todos.append(Todo(title, reverse("projects:seat", args=[seat.pk]), meta, due, _("Answer the invitation"), 3))
        elif seat.state == SeatState.ACCEPTED:
            todos.append(Todo(title, reverse("projects:seat", args=[seat.pk]), meta, review.due_on, _("Declare interests"), 3))
        elif seat.state == SeatState.DECLARED and review.state == ReviewState.ASSESSING:
            todos.append(
                Todo(title, reverse("projects:assessment", args=[seat.pk]), meta, review.due_on, _("Fill in the assessment"), 4)
            )
        elif seat.state == SeatState.ASSESSED and review.state == ReviewState.CIRCULATING:
            todos.append(Todo(title, reverse("projects:sign", args=[seat.pk]), meta, review.due_on, _("Sign the opinion"), 5))
    return todos


def _reviews(person: Person) -> list[Todo]:
    words = {
        ReviewState.REGISTERED: _("Accept or return"),
        ReviewState.ACCEPTED: _("Compose the panel"),
        ReviewState.COMPOSING: _("Complete the panel"),
        ReviewState.MEETING: _("Merge the assessments"),
        ReviewState.DRAFTING: _("Write the opinion"),
    }
    mine = ExpertReview.objects.kept_by(person).filter(state__in=list(words))
    rows = mine.select_related("project", "definition").order_by("due_on", "pk")[:30]
    return [
        Todo(
            review.project.name, reverse(f"projects:{_STEPS[ReviewState(review.state)]}", args=[review.pk]),
            (str(review.definition), str(review.get_stage_display())), review.due_on, words[ReviewState(review.state)], 2,
        )
        for review in rows
    ]  # fmt: skip


def _owned(person: Person) -> list[Todo]:
    mine = ExpertReview.objects.filter(within(person, "project__owner", Role.OWNER))
    mine = mine.filter(state__in=[ReviewState.RETURNED, ReviewState.RECTIFYING]).select_related("project", "definition")
    todos = []
    for review in mine.prefetch_related("findings").order_by("due_on", "pk")[:30]:
        if review.state == ReviewState.RETURNED:
            url, action = reverse("projects:project", args=[review.project_id]), _("Complete the dossier")
            todos.append(Todo(review.project.name, url, (str(review.definition),), review.due_on, action, 3))
            continue
        waiting = [f for f in review.findings.all() if f.state not in (FindingState.REPLIED, FindingState.CLOSED)]
        if waiting:
            due = min((f.due_on for f in waiting if f.due_on), default=None)
            meta = (str(review.definition), _("%(count)d must-change items") % {"count": len(waiting)})
            url = reverse("projects:findings", args=[review.pk])
            todos.append(Todo(review.project.name, url, meta, due, _("Answer the items"), 3))
    return todos
