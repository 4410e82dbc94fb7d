"""Certificates and transcripts: what was earned, on a paper that anyone can verify."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.enums import EnrolmentState
from courses.models import Certificate, Course, Enrolment, HourEntry
from courses.queries import ledger
from hanlin.kernel.domain import papers
from hanlin.kernel.domain.audit import log
from hanlin.kernel.enums import PaperKind
from hanlin.kernel.errors import Refused
from hanlin.kernel.models import OfficialDocument
from hanlin.people.models import Organisation, Person, Post

CERTIFICATE, TRANSCRIPT = "courses.certificate", "courses.transcript"


def register_papers() -> None:
    """Called once by the wiring: the two papers of this room, and who may open them."""
    papers.register_template(
        CERTIFICATE,
        version=1,
        template="papers/courses/certificate.html",
        kind=PaperKind.CERTIFICATE,
        series="结",
        public_fields={
            "name": gettext_lazy("Name of the person"),
            "course": gettext_lazy("Course"),
            "hours": gettext_lazy("Hours of study"),
            "ended_on": gettext_lazy("Completed on"),
        },
        personal_fields=frozenset({"name"}),
        name=gettext_lazy("Certificate of completion"),
    )
    papers.register_template(
        TRANSCRIPT,
        version=1,
        template="papers/transcript.html",
        kind=PaperKind.TRANSCRIPT,
        series="学",
        public_fields={
            "name": gettext_lazy("Name of the person"),
            "year": gettext_lazy("Year"),
            "total": gettext_lazy("Hours of study"),
        },
        personal_fields=frozenset({"name"}),
        name=gettext_lazy("Transcript of hours"),
    )
    papers.register_paper_access(CERTIFICATE, _of_certificate)
    papers.register_paper_access(TRANSCRIPT, _of_transcript)


def _of_certificate(person: Person, document: OfficialDocument) -> bool:
    return Certificate.objects.filter(document=document, person=person).exists()


def _of_transcript(person: Person, document: OfficialDocument) -> bool:
    return str(person.pk) == document.object_id


def issuer_of(organisation: Organisation) -> Organisation | None:
    """The body itself, or the nearest above it, that has a document code; None where none has."""
    above = Organisation.objects.filter(path__in=[organisation.path[:n] for n in range(4, len(organisation.path) + 1, 4)])
    return above.exclude(document_code="").order_by("-depth").first()


def hours_earned(enrolment: Enrolment) -> Decimal:
    """What the lessons of this course have brought the person, as posted."""
    rows = HourEntry.objects.filter(person=enrolment.person, course=enrolment.course, live=True)
    return sum(rows.filter(earned_on__gte=timezone.localdate(enrolment.started_at)).values_list("hours", flat=True), Decimal(0))


@transaction.atomic
def issue(enrolment: Enrolment, *, actor: Person | None) -> Certificate | None:
    """The certificate of a completed enrolment, once; None where no body above the course has a document code yet."""
    if found := Certificate.objects.filter(enrolment=enrolment).first():
        return found
    course = Course.objects.select_related("organisation").get(pk=enrolment.course_id)
    issuer = issuer_of(course.organisation)
    if enrolment.state != EnrolmentState.COMPLETED or enrolment.completed_at is None or issuer is None:
        return None
    on, hours = timezone.localdate(enrolment.completed_at), hours_earned(enrolment)
    data = {
        "name": enrolment.person.name,
        "course": course.title,
        "hours": _plain(hours),
        "started_on": timezone.localdate(enrolment.started_at),
        "ended_on": on,
    }
    document = papers.issue(
        CERTIFICATE,
        enrolment,
        actor=actor,
        issuer_name=issuer.name,
        issuer_code=issuer.document_code,
        title=f"结业证书：{course.title}",  # a paper is in Chinese whatever the reader's language
        data=data,
        on=on,
    )
    certificate = Certificate.objects.create(
        enrolment=enrolment,
        person=enrolment.person,
        course=course,
        document=document,
        number=document.number_text,
        hours=hours,
        issued_on=on,
    )
    log(certificate, "courses.certificate.issue", actor=actor, after={"number": certificate.number, "hours": hours})
    return certificate


@transaction.atomic
def transcript(person: Person, year: int, *, on: date) -> OfficialDocument:
    """A person's hours of a year as a paper. Raises Refused where there is nothing, or nobody to sign for it."""
    entries = ledger.of_year(person, year)
    if not entries:
        raise Refused(_("There are no hours in %(year)d yet, so there is nothing to print.") % {"year": year})
    post = Post.objects.current(on).filter(person=person, is_main=True).select_related("organisation").first()
    issuer = issuer_of(post.organisation) if post else None
    if post is None or issuer is None:
        raise Refused(_("Your body has no document code yet. The system administrator has to enter it first."))
    total = sum((entry.hours for entry in entries), Decimal(0))
    rows = [
        [f"{entry.earned_on:%Y-%m-%d}", entry.title, "线上" if entry.account == "online" else "集中", _plain(entry.hours)]
        for entry in entries
    ]
    return papers.issue(
        TRANSCRIPT,
        person,
        actor=person,
        issuer_name=issuer.name,
        issuer_code=issuer.document_code,
        title=f"{year}年学时证明",
        data={
            "name": person.name,
            "year": year,
            "total": _plain(total),
            "facts": [
                {"label": "姓名", "value": person.name},
                {"label": "单位及职务", "value": f"{post.organisation.name}{post.title}"},
                {"label": "学时合计", "value": f"{_plain(total)}学时"},
            ],
            "columns": ["取得日期", "学习内容", "类别", "学时"],
            "rows": rows,
            "note": "本证明依据学时台账生成，冲销记录以负数列示。",
        },
        on=on,
    )


def _plain(hours: Decimal) -> str:
    """1.5, 12, 0.25: no zeros at the end."""
    return number_format(hours.normalize(), use_l10n=False) if hours else "0"
