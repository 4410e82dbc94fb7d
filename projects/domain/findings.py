"""Must-change items on their way to being struck off: told, answered with evidence, rechecked, closed."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hanlin.kernel.domain.audit import log
from hanlin.kernel.domain.states import move
from hanlin.kernel.errors import Refused
from hanlin.kernel.queries.calendar import add_working_days
from hanlin.kernel.queries.policy import policy
from hanlin.kernel.uploads import check_upload, store_private
from hanlin.people.domain.notices import notify, settle
from hanlin.people.enums import NoticeKind
from hanlin.people.models import Person
from projects.domain.invitations import tell_secretaries
from projects.enums import FindingState, ReviewState
from projects.models import Evidence, ExpertReview, Finding, FindingStep, OpinionItem
from projects.queries.people import owners_of

KINDS = ("pdf", "docx", "xlsx", "png", "jpeg", "zip")


def _step(finding: Finding, to: FindingState, text: str, by: Person | None, **fields: object) -> FindingStep:
    move(finding, to, **fields)
    return FindingStep.objects.create(finding=finding, state=to, by=by, text=text)


@transaction.atomic
def open_from(review: ExpertReview, items: Sequence[OpinionItem], *, actor: Person) -> list[Finding]:
    """Turn the must-change items of an issued opinion into findings and tell the owner at once."""
    today = timezone.localdate()
    due = add_working_days(today, int(policy("review.days.rectify", on=today, region=review.project.region.code)))
    found = []
    for number, item in enumerate(items, start=1):
        finding = Finding.objects.create(review=review, item=item, number=number, text=item.text)
        _step(finding, FindingState.NOTIFIED, "", actor, due_on=due)
        log(finding, "projects.finding.open", actor=actor, after={"due": due})
        found.append(finding)
    subject = _("%(count)d must-change items to answer: %(project)s") % {"count": len(found), "project": review.project.name}
    for person in owners_of(review.project):
        notify(
            person, NoticeKind.TODO, subject, reverse("projects:findings", args=[review.pk]),
            key=f"projects.finding.answer:{review.pk}", due_on=due,
        )  # fmt: skip
    return found


@transaction.atomic
def reply(finding: Finding, text: str, *, files: Sequence[File[Any]] = (), actor: Person) -> FindingStep:
    """The owner says what was changed, with files that show it.

    Raises Refused without words, for a file that the upload check turns down, or where no answer is expected.
    """
    if len(text.strip()) < 4:
        raise Refused(_("Say what was changed and where."))
    checked = [check_upload(file, kinds=KINDS, max_bytes=settings.UPLOAD_MAX_BYTES) for file in files]
    finding = Finding.objects.select_related("review__project").get(pk=finding.pk)
    step = _step(finding, FindingState.REPLIED, text.strip(), actor)
    for one in checked:
        Evidence.objects.create(
            step=step, file=store_private(one, folder=f"evidence/{finding.review_id}"), file_name=one.name,
            content_type=one.content_type, size=one.size, sha256=one.sha256, sm3=one.sm3,
        )  # fmt: skip
    review = finding.review
    words = {"number": finding.number, "project": review.project.name}
    tell_secretaries(review, _("Item %(number)d answered: %(project)s") % words, f"replied-{finding.pk}-{step.pk}")
    log(finding, "projects.finding.reply", actor=actor, after={"files": [one.name for one in checked]})
    return step


@transaction.atomic
def recheck(finding: Finding, *, accepted: bool, text: str = "", actor: Person) -> Finding:
    """The secretary looks at the answer: strikes the item off (销号) or sends it back with words.

    The review closes with its last item. Raises Refused for sending back without words.
    """
    text = text.strip()
    if not accepted and len(text) < 4:
        raise Refused(_("Say what the answer still lacks."))
    finding = Finding.objects.select_related("review__project").get(pk=finding.pk)
    review = ExpertReview.objects.select_for_update().select_related("project", "definition").get(pk=finding.review_id)
    if accepted:
        _step(finding, FindingState.CLOSED, text, actor, closed_at=timezone.now())
    else:
        today = timezone.localdate()
        due = add_working_days(today, int(policy("review.days.rectify", on=today, region=review.project.region.code)))
        _step(finding, FindingState.RECHECKED, text, actor, due_on=due)
        _tell_sent_back(finding, review, text)
    log(finding, "projects.finding.recheck", actor=actor, after={"accepted": accepted, "text": text})
    close_if_done(review, actor=actor)
    return finding


def _tell_sent_back(finding: Finding, review: ExpertReview, text: str) -> None:
    subject = _("Item %(number)d sent back: %(project)s") % {"number": finding.number, "project": review.project.name}
    for person in owners_of(review.project):
        notify(
            person, NoticeKind.TODO, subject, reverse("projects:findings", args=[review.pk]),
            key=f"projects.finding.returned:{finding.pk}:{finding.steps.count()}", body=text, due_on=finding.due_on,
        )  # fmt: skip


def close_if_done(review: ExpertReview, *, actor: Person) -> bool:
    """Close a review whose items are all struck off. True where it closed now."""
    if review.state != ReviewState.RECTIFYING or review.findings.exclude(state=FindingState.CLOSED).exists():
        return False
    move(review, ReviewState.CLOSED, due_on=None, closed_at=timezone.now())
    review.rounds.filter(closed_at=None).update(closed_at=timezone.now())
    for person in owners_of(review.project):
        settle(person, f"projects.finding.answer:{review.pk}")
        notify(
            person, NoticeKind.INFO, _("Closed: %(project)s") % {"project": review.project.name},
            reverse("projects:review", args=[review.pk]), key=f"projects.review.closed:{review.pk}",
        )  # fmt: skip
    log(review, "projects.review.close", actor=actor)
    return True


@transaction.atomic
def mark_overdue() -> int:
    """Move every finding whose day has passed; safe to run twice. Returns how many moved."""
    late = Finding.objects.filter(state__in=[FindingState.NOTIFIED, FindingState.RECHECKED], due_on__lt=timezone.localdate())
    count = 0
    for finding in late.order_by("pk"):
        _step(finding, FindingState.OVERDUE, "", None)
        log(finding, "projects.finding.overdue", actor=None, after={"due": finding.due_on})
        count += 1
    return count
