"""Inviting experts and taking their answer, on the site or through a signed link without log-in."""

import secrets

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hanlin.kernel.domain.audit import log
from hanlin.kernel.domain.states import move
from hanlin.kernel.errors import Refused
from hanlin.people.domain.notices import notify, settle
from hanlin.people.enums import NoticeKind
from hanlin.people.models import Person
from projects.enums import SeatState
from projects.models import ExpertReview, Invitation, PanelSeat
from projects.queries.deadlines import working_days
from projects.queries.people import secretaries_of

_SALT = "projects.invitation"


def link_of(invitation: Invitation) -> str:
    """The path that answers without log-in; it dies with the nonce or the deadline."""
    token = signing.dumps({"i": invitation.pk, "n": invitation.nonce}, salt=_SALT, compress=True)
    return reverse("projects:invitation", args=[token])


def by_token(token: str) -> Invitation | None:
    """The invitation that a link belongs to; None for a false or an outdated link."""
    try:
        data = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    found = Invitation.objects.filter(pk=data["i"], nonce=data["n"])
    return found.select_related(
        "seat__expert__person", "seat__panel__round__review__project", "seat__panel__round__review__definition"
    ).first()


@transaction.atomic
def send(seat: PanelSeat, review: ExpertReview, *, actor: Person) -> Invitation:
    """Invite a proposed expert: notice on the site, and e-mail with a link that needs no log-in."""
    now = timezone.now()
    move(seat, SeatState.INVITED, invited_at=now)
    invitation, _new = Invitation.objects.update_or_create(
        seat=seat,
        defaults={
            "nonce": secrets.token_hex(12),
            "sent_at": now,
            "expires_at": working_days("review.days.invitation", review.project.region.code),
        },
    )
    due = timezone.localtime(invitation.expires_at)
    body = _(
        "The expert committee invites you to the panel for “%(project)s” (%(service)s). "
        "Please answer by %(due)s; this link needs no log-in: %(link)s"
    ) % {
        "project": review.project.name,
        "service": review.definition,
        "due": date_format(due, "DATETIME_FORMAT"),
        "link": settings.PUBLIC_URL + link_of(invitation),
    }
    notify(
        seat.expert.person, NoticeKind.TODO, _("Answer the invitation: %(project)s") % {"project": review.project.name},
        reverse("projects:seat", args=[seat.pk]), key=_key(seat), body=body, due_on=due.date(),
    )  # fmt: skip
    log(seat, "projects.seat.invite", actor=actor, after={"until": invitation.expires_at})
    return invitation


def _key(seat: PanelSeat) -> str:
    return f"projects.seat.invite:{seat.pk}"


def forget(seat: PanelSeat) -> None:
    """A released seat leaves the expert's to-do list, and its link dies."""
    Invitation.objects.filter(seat=seat).update(nonce=secrets.token_hex(12))
    settle(seat.expert.person, _key(seat))


@transaction.atomic
def answer(seat: PanelSeat, *, will_come: bool, reason: str = "", actor: Person) -> PanelSeat:
    """Take an expert's yes or no. A no needs a reason; the secretary is told at once.

    Raises Refused after the deadline, for a second answer, and for a no without a reason.
    """
    review = seat.panel.round.review
    invitation = Invitation.objects.select_for_update().get(seat=seat)
    if seat.state != SeatState.INVITED or invitation.answered_at:
        raise Refused(_("This invitation has been answered or taken back."))
    if timezone.now() > invitation.expires_at:
        raise Refused(_("The time to answer is over. The secretary may ask you again."))
    reason = reason.strip()
    if not will_come and not reason:
        raise Refused(_("Please say in a few words why you cannot come."))
    now = timezone.now()
    if will_come:
        move(seat, SeatState.ACCEPTED, answered_at=now)
    else:
        move(seat, SeatState.DECLINED, answered_at=now, left_reason=reason)
    Invitation.objects.filter(pk=invitation.pk).update(answered_at=now)
    settle(seat.expert.person, _key(seat))
    if not will_come:
        tell_secretaries(review, _("%(name)s cannot come: %(project)s") % {
            "name": seat.expert.person.name, "project": review.project.name,
        }, f"declined-{seat.pk}", body=reason)  # fmt: skip
    log(seat, "projects.seat.answer", actor=actor, after={"will_come": will_come, "reason": reason})
    return seat


def tell_secretaries(review: ExpertReview, subject: str, occasion: str, *, body: str = "") -> None:
    """Tell who keeps the review, or everybody in whose scope it lies while nobody does."""
    people = [review.secretary] if review.secretary else list(secretaries_of(review.project))
    url = reverse("projects:review", args=[review.pk])
    for person in people:
        notify(person, NoticeKind.INFO, subject, url, key=f"projects.review.{occasion}:{review.pk}", body=body)
