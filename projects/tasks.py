"""What the queue may ring for, and what this room offers to the rooms below. Each task is safe to run twice."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees import registries as committees
from hanlin.kernel.domain import jobs, papers
from hanlin.kernel.models.paper import OfficialDocument
from hanlin.people.models import Person
from projects.domain import findings, texts
from projects.domain.dossiers import READ_TEXT
from projects.domain.opinions import PAPER
from projects.models import PanelOpinion, PanelSeat
from projects.models.review import ExpertReview
from projects.papers import opinion_docx
from projects.queries.candidates import running_seats


def may_open_opinion(person: Person, document: OfficialDocument) -> bool:
    """Owner, secretary and leader of the project's scope, and the panel itself."""
    opinion = PanelOpinion.objects.filter(pk=document.object_id).select_related("round").first()
    if opinion is None:
        return False
    review = ExpertReview.objects.visible_to(person).filter(pk=opinion.round.review_id)
    return review.exists() or PanelSeat.objects.live().filter(panel__round=opinion.round_id, expert__person=person).exists()


def register() -> None:
    """Jobs, papers, and the workload of experts."""
    jobs.register_job(READ_TEXT, texts.read_text)
    papers.register_template(
        PAPER, version=1, template="papers/projects/opinion.html", kind="opinion", series="论", name=_("panel appraisal opinion"),
        public_fields={
            "title": pgettext_lazy("paper", "Title"), "project": _("Project"),
            "owner": _("Project owner"), "verdict": _("Verdict"),
        },
        docx=opinion_docx,
    )  # fmt: skip
    papers.register_paper_access(PAPER, may_open_opinion)
    committees.register_workload(running_seats)


@shared_task
def mark_overdue() -> int:
    """Move findings whose day has passed."""
    return findings.mark_overdue()
