"""Making a course a duty: writing it down, issuing it, reminding, and settling it when a person is done."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.enums import AssignmentState, DutyState, EnrolmentState
from courses.models import Assignment, Course, Duty, Enrolment
from courses.queries.matching import posts_of
from hanlin.kernel.domain import jobs
from hanlin.kernel.domain.audit import log
from hanlin.kernel.domain.states import move
from hanlin.kernel.errors import Refused
from hanlin.kernel.models import Job
from hanlin.people.domain.notices import notify, settle
from hanlin.people.enums import NoticeKind, Role
from hanlin.people.models import Organisation, Person, Rank
from hanlin.people.queries.scope import reaches

FILL, REMIND = "courses.fill_duties", "courses.remind"


@transaction.atomic
def draft(
    course: Course,
    *,
    actor: Person,
    owner: Organisation,
    organisations: Iterable[Organisation],
    ranks: Iterable[Rank],
    due_on: date,
    reason: str = "",
    today: date,
    is_demo: bool = False,
) -> Assignment:
    """Write an assignment down without telling anybody. Raises Refused in words."""
    organisations = list(organisations)
    if not course.live or not course.minutes:
        raise Refused(_("This course has nothing published to study yet. Publish its lessons first."))
    if due_on <= today:
        raise Refused(_("The due date has to lie in the future."))
    if not organisations:
        raise Refused(_("Choose at least one body."))
    for organisation in [owner, *organisations]:
        if not reaches(actor, organisation, Role.TRAINING_ADMIN):
            raise Refused(_("%(body)s is outside the bodies whose training you run.") % {"body": organisation})
    assignment = Assignment.objects.create(
        course=course, owner=owner, due_on=due_on, reason=reason.strip(), created_by=actor, is_demo=is_demo
    )
    assignment.organisations.set(organisations)
    assignment.ranks.set(ranks)
    log(assignment, "courses.assignment.draft", actor=actor, after={"due_on": due_on, "bodies": [str(o) for o in organisations]})
    return assignment


@transaction.atomic
def issue(assignment: Assignment, *, actor: Person) -> Job:
    """Make it binding: a job gives every person meant their duty and tells them.

    Raises Refused where nobody is meant, IllegalMove, StaleState.
    """
    if not posts_of(assignment, on=timezone.localdate()).exists():
        raise Refused(_("Nobody is meant by this choice of bodies and levels. Widen it before issuing."))
    move(assignment, AssignmentState.ISSUED, issued_at=timezone.now())
    log(assignment, "courses.assignment.issue", actor=actor)
    return jobs.start(FILL, actor=actor, arguments={"assignment": assignment.pk}, key=str(assignment.pk))


@transaction.atomic
def withdraw(assignment: Assignment, *, actor: Person) -> None:
    """Take it back: open duties are excused and leave the to-do lists. Raises IllegalMove, StaleState."""
    move(assignment, AssignmentState.WITHDRAWN)
    for duty in Duty.objects.filter(assignment=assignment, state=DutyState.OPEN).select_related("person"):
        move(duty, DutyState.EXEMPTED)
        settle(duty.person, _key(duty))
    log(assignment, "courses.assignment.withdraw", actor=actor)


@transaction.atomic
def impose(assignment: Assignment, person: Person, organisation: Organisation, *, actor: Person | None) -> Duty:
    """One person's duty, told once; done at once where they finished the course this year already."""
    duty, new = Duty.objects.get_or_create(
        assignment=assignment, person=person, defaults={"organisation": organisation, "due_on": assignment.due_on}
    )
    if not new:
        return duty
    log(duty, "courses.duty.impose", actor=actor, after={"due_on": duty.due_on})
    finished = Enrolment.objects.filter(person=person, course=assignment.course, state=EnrolmentState.COMPLETED)
    if done := finished.filter(completed_at__year=assignment.due_on.year).order_by("-completed_at").first():
        move(duty, DutyState.DONE, done_at=done.completed_at)
    else:
        _tell(duty, NoticeKind.TODO, _key(duty))
    return duty


def _key(duty: Duty) -> str:
    return f"courses.duty.impose:{duty.assignment_id}"


def _tell(duty: Duty, kind: NoticeKind, key: str) -> None:
    course = duty.assignment.course
    with translation.override(duty.person.language or settings.LANGUAGE_CODE):
        words = {"course": course.title, "due": translation_date(duty.due_on)}
        subject = _("Finish “%(course)s” by %(due)s") if kind == NoticeKind.TODO else _("Reminder: finish “%(course)s” by %(due)s")
        notify(
            duty.person,
            kind,
            subject % words,
            reverse("courses:course", args=[course.slug]),
            key=key,
            body=duty.assignment.reason,
            due_on=duty.due_on,
        )


def translation_date(day: date) -> str:
    """A date as the current language writes it in a sentence."""
    return date_format(day, "DATE_FORMAT")


def fill(job: Job) -> None:
    """The job of `issue`: safe to run twice, since a duty is given once."""
    assignment = Assignment.objects.select_related("course").get(pk=job.arguments["assignment"])
    posts = list(posts_of(assignment, on=timezone.localdate()).select_related("person", "organisation"))
    for done, post in enumerate(posts, 1):
        impose(assignment, post.person, post.organisation, actor=None)
        if done % 20 == 0 or done == len(posts):
            jobs.progress(job, done, len(posts), _("Told %(done)d of %(total)d people") % {"done": done, "total": len(posts)})


@transaction.atomic
def remind(assignment: Assignment, *, actor: Person, organisation: Organisation | None = None) -> Job:
    """Remind everyone who is not done (of one body and below), once a day. Raises Refused where nobody is left to remind."""
    late = Duty.objects.filter(assignment=assignment, state=DutyState.OPEN).exclude(reminded_on=timezone.localdate())
    if organisation is not None:
        late = late.filter(organisation__path__startswith=organisation.path)
    if not late.exists():
        raise Refused(_("Everyone who is behind has been reminded today."))
    log(assignment, "courses.assignment.remind", actor=actor, after={"body": str(organisation or ""), "people": late.count()})
    path = organisation.path if organisation else ""
    return jobs.start(REMIND, actor=actor, arguments={"assignment": assignment.pk, "path": path}, key=f"{assignment.pk}:{path}")


def send_reminders(job: Job) -> None:
    """The job of `remind`: safe to run twice on a day."""
    today = timezone.localdate()
    rows = Duty.objects.filter(assignment=job.arguments["assignment"], state=DutyState.OPEN).exclude(reminded_on=today)
    duties = list(
        rows.filter(organisation__path__startswith=job.arguments["path"])
        .select_related("person", "assignment__course")
        .order_by("pk")
    )
    for done, duty in enumerate(duties, 1):
        with transaction.atomic():
            _tell(duty, NoticeKind.REMINDER, f"courses.duty.remind:{duty.pk}:{today}")
            Duty.objects.filter(pk=duty.pk).update(reminded_on=today)
        if done % 20 == 0 or done == len(duties):
            words = _("Reminded %(done)d of %(total)d people") % {"done": done, "total": len(duties)}
            jobs.progress(job, done, len(duties), words)


@transaction.atomic
def fulfil(person: Person, course: Course, *, at: datetime) -> int:
    """Close a person's open duties of a course they have finished; returns how many."""
    duties = list(Duty.objects.filter(person=person, assignment__course=course, state=DutyState.OPEN))
    for duty in duties:
        move(duty, DutyState.DONE, done_at=at)
        settle(person, _key(duty))
        if duty.reminded_on:
            settle(person, f"courses.duty.remind:{duty.pk}:{duty.reminded_on}")
        log(duty, "courses.duty.fulfil", actor=person)
    return len(duties)
