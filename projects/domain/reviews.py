"""A review from the application to the panel: asked for, accepted or sent back, cancelled."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hanlin.kernel.domain.audit import log
from hanlin.kernel.domain.numbers import number_text, take_number
from hanlin.kernel.domain.states import move
from hanlin.kernel.errors import Refused
from hanlin.people.domain.notices import notify, settle
from hanlin.people.enums import NoticeKind
from hanlin.people.models import Person
from projects.enums import ReviewKind, ReviewState
from projects.models import ExpertReview, GovProject, ReviewDefinition, Round
from projects.queries.deadlines import due_after
from projects.queries.dossier import missing
from projects.queries.people import committee_for, owners_of, secretaries_of

REGISTER_SERIES = "评"


def advance(review: ExpertReview, to: str, **fields: object) -> None:
    """Move a review and set the deadline of its new state. For the domain of this room alone."""
    move(review, to, due_on=due_after(review, to), **fields)


@transaction.atomic
def apply(project: GovProject, kind: ReviewKind, *, actor: Person, question: str = "") -> ExpertReview:
    """Ask for a review of a project at its present stage; it gets its number in the committee's register.

    Raises Refused where papers of the stage are missing, where the service does not fit the stage, where one of
    the kind runs already, or where no committee keeps the project's region.
    """
    lacking = missing(project, project.stage)
    if lacking:
        papers = _(", ").join(str(kind.label) for kind in lacking)
        raise Refused(_("The dossier is not complete. Upload first: %(papers)s.") % {"papers": papers})
    review = _enter(project, kind, actor=actor, question=question)
    for secretary in secretaries_of(project):
        notify(
            secretary, NoticeKind.TODO, _("Accept or return: %(project)s") % {"project": project.name},
            reverse("projects:review", args=[review.pk]), key=f"projects.review.accept:{review.pk}", due_on=review.due_on,
        )  # fmt: skip
    return review


@transaction.atomic
def open_by_secretary(project: GovProject, kind: ReviewKind, *, actor: Person, question: str = "") -> ExpertReview:
    """A secretary enters a review that came on paper or by order; what the dossier lacks is asked for afterwards."""
    return _enter(project, kind, actor=actor, question=question, secretary=actor)


def _enter(project: GovProject, kind: ReviewKind, *, actor: Person, question: str, secretary: Person | None = None) -> ExpertReview:
    definition = ReviewDefinition.objects.filter(kind=kind).order_by("-version").first()
    if definition is None:
        raise Refused(_("This service has not been set up yet. The administrator loads the reference data first."))
    if project.stage not in definition.data["stages"]:
        raise Refused(
            _("“%(service)s” is not held at the stage “%(stage)s”. Choose another service, or take the project on first.")
            % {"service": definition, "stage": project.get_stage_display()}
        )
    committee = committee_for(project)
    if committee is None or not committee.document_code:
        raise Refused(_("No expert committee with a document code keeps this region. The administrator sets one up first."))
    today = timezone.localdate()
    number = number_text(
        committee.document_code, REGISTER_SERIES, today.year, take_number(committee.document_code, REGISTER_SERIES, today.year)
    )
    review = ExpertReview(
        number=number, project=project, stage=project.stage, definition=definition, committee=committee,
        secretary=secretary, question=question.strip(), asked_by=actor, is_demo=project.is_demo,
    )  # fmt: skip
    review.due_on = due_after(review, ReviewState.REGISTERED)
    try:
        with transaction.atomic():
            review.save()
    except IntegrityError:
        raise Refused(_("A review of this kind is running for the project already.")) from None
    Round.objects.create(review=review, number=1)
    log(review, "projects.review.register", actor=actor, after={"number": number, "kind": kind, "stage": project.stage})
    return review


@transaction.atomic
def accept(review: ExpertReview, *, actor: Person) -> ExpertReview:
    """Take a review on (受理); who accepts it keeps it. Raises Refused while demanded papers are missing."""
    lacking = missing(review.project, review.stage)
    if lacking:
        papers = _(", ").join(str(kind.label) for kind in lacking)
        raise Refused(_("These papers are missing: %(papers)s. Return the review for completion.") % {"papers": papers})
    advance(review, ReviewState.ACCEPTED, secretary=actor, return_reason="")
    _settle_secretaries(review)
    _tell_owners(review, _("Accepted: %(project)s") % {"project": review.project.name}, "accepted")
    log(review, "projects.review.accept", actor=actor, after={"due": review.due_on})
    return review


@transaction.atomic
def send_back(review: ExpertReview, reason: str, *, actor: Person) -> ExpertReview:
    """Return a review for completion (退回补正). Raises Refused without words the owner can act on."""
    if len(reason.strip()) < 4:
        raise Refused(_("Say what is missing and what the owner shall do."))
    advance(review, ReviewState.RETURNED, secretary=actor, return_reason=reason.strip())
    _settle_secretaries(review)
    occasion = f"returned-{timezone.now():%Y%m%d%H%M%S}"
    subject = _("Returned for completion: %(project)s") % {"project": review.project.name}
    _tell_owners(review, subject, occasion, kind=NoticeKind.TODO, body=reason.strip())
    log(review, "projects.review.return", actor=actor, after={"reason": review.return_reason})
    return review


@transaction.atomic
def hand_in_again(review: ExpertReview, *, actor: Person) -> ExpertReview:
    """The owner has completed the dossier. Raises Refused while demanded papers are still missing."""
    lacking = missing(review.project, review.stage)
    if lacking:
        papers = _(", ").join(str(kind.label) for kind in lacking)
        raise Refused(_("The dossier is not complete. Upload first: %(papers)s.") % {"papers": papers})
    advance(review, ReviewState.REGISTERED)
    for secretary in secretaries_of(review.project):
        notify(
            secretary, NoticeKind.TODO, _("Completed, accept or return: %(project)s") % {"project": review.project.name},
            reverse("projects:review", args=[review.pk]), key=f"projects.review.accept:{review.pk}:{timezone.now():%Y%m%d%H%M%S}",
            due_on=review.due_on,
        )  # fmt: skip
    log(review, "projects.review.resubmit", actor=actor)
    return review


@transaction.atomic
def cancel(review: ExpertReview, reason: str, *, actor: Person) -> ExpertReview:
    """Give up a review before the panel deliberates. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused(_("Say why the review is cancelled."))
    move(review, ReviewState.CANCELLED, due_on=None, closed_at=timezone.now(), return_reason=reason.strip())
    review.rounds.filter(closed_at=None).update(closed_at=timezone.now())
    _tell_owners(review, _("Cancelled: %(project)s") % {"project": review.project.name}, "cancelled", body=reason.strip())
    log(review, "projects.review.cancel", actor=actor, after={"reason": reason.strip()})
    return review


def _settle_secretaries(review: ExpertReview) -> None:
    for secretary in secretaries_of(review.project):
        settle(secretary, f"projects.review.accept:{review.pk}")


def _tell_owners(review: ExpertReview, subject: str, occasion: str, *, kind: NoticeKind = NoticeKind.INFO, body: str = "") -> None:
    url = reverse("projects:review", args=[review.pk])
    for person in owners_of(review.project):
        notify(person, kind, subject, url, key=f"projects.review.{occasion}:{review.pk}", body=body, due_on=review.due_on)
