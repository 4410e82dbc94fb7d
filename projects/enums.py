"""Closed lists of the projects room."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """The life of a government informatization project, in order."""

    PLANNING = "planning", _("planning")
    PROPOSAL = "proposal", _("project proposal")
    FEASIBILITY = "feasibility", _("feasibility study")
    DESIGN = "design", _("preliminary design")
    FILING = "filing", _("filing for the record")
    PROCUREMENT = "procurement", _("procurement")
    CONSTRUCTION = "construction", _("construction")
    FIRST_ACCEPTANCE = "first_acceptance", _("preliminary acceptance")
    TRIAL = "trial", _("trial operation")
    FINAL_ACCEPTANCE = "final_acceptance", _("final acceptance")
    OPERATION = "operation", _("operation")
    EVALUATION = "evaluation", _("post-evaluation")


class ProjectLevel(models.TextChoices):
    NATIONAL = "national", _("national level")
    PROVINCIAL = "provincial", _("provincial level")
    CITY = "city", _("city level")
    COUNTY = "county", _("county level")


class PartyRole(models.TextChoices):
    """What a body has to do with a project; the conflict rules ask by these words."""

    CONTRACTOR = "contractor", _("contractor")
    DESIGNER = "designer", _("designer")
    SUPERVISOR = "supervisor", _("supervision firm")
    CONSULTANT = "consultant", _("consultant")


class DocumentKind(models.TextChoices):
    """Papers that a stage demands, or that may come with it."""

    PLAN = "plan", _("informatization plan")
    ANNUAL_PLAN = "annual_plan", _("annual plan")
    PROPOSAL = "proposal", _("project proposal")
    FEASIBILITY = "feasibility", _("feasibility study report")
    CATALOGUE = "catalogue", _("information resource catalogue")
    CRYPTO_PLAN = "crypto_plan", _("cryptography application plan")
    GOALS = "goals", _("performance goals")
    DESIGN = "design", _("preliminary design")
    ESTIMATE = "estimate", _("investment estimate")
    FILING_FORM = "filing_form", _("filing form")
    MLPS_FILING = "mlps_filing", _("filing certificate of graded protection")
    TENDER = "tender", _("procurement documents")
    CONTRACT = "contract", _("contract")
    IMPLEMENTATION = "implementation", _("implementation plan")
    CHANGE = "change", _("change order")
    SUPERVISION_MONTHLY = "supervision_monthly", _("monthly report of the supervision firm")
    SUPERVISION_NOTICE = "supervision_notice", _("notice of the supervision firm")
    ARCHIVE_LIST = "archive_list", _("list of archived papers")
    TRIAL_REPORT = "trial_report", _("report on trial operation")
    SUMMARY = "summary", _("summary of construction")
    FINANCE_REPORT = "finance_report", _("financial report")
    AUDIT_REPORT = "audit_report", _("audit report")
    SECURITY_REPORT = "security_report", _("security risk assessment report")
    CRYPTO_REPORT = "crypto_report", _("cryptography assessment report")
    SELF_EVALUATION = "self_evaluation", _("self-evaluation report")
    REVISION = "revision", _("statement of revisions")
    OTHER = "other", _("other paper")


class ReviewKind(models.TextChoices):
    """The five services of an expert committee."""

    PLANNING = "planning", _("planning and design")
    APPRAISAL = "appraisal", _("project appraisal")
    CONSULTING = "consulting", _("technical consulting")
    SUPERVISION = "supervision", _("process supervision")
    CLINIC = "clinic", _("problem clinic")


class ReviewState(models.TextChoices):
    REGISTERED = "registered", _("waiting for acceptance")
    RETURNED = "returned", _("returned for completion")
    ACCEPTED = "accepted", _("accepted")
    COMPOSING = "composing", _("composing the panel")
    SCHEDULED = "scheduled", _("session scheduled")
    ASSESSING = "assessing", _("experts assess")
    MEETING = "meeting", _("panel deliberates")
    DRAFTING = "drafting", _("opinion being drafted")
    CIRCULATING = "circulating", _("opinion being signed")
    ISSUED = "issued", _("opinion issued")
    RECTIFYING = "rectifying", _("must-change items being worked off")
    CLOSED = "closed", pgettext_lazy("review", "closed")
    CANCELLED = "cancelled", pgettext_lazy("review", "cancelled")


class Step(models.TextChoices):
    """A column of the board: several states that ask the same people for the same kind of work."""

    INTAKE = "intake", pgettext_lazy("step", "Intake")
    PANEL = "panel", pgettext_lazy("step", "Panel")
    ASSESSMENT = "assessment", pgettext_lazy("step", "Assessment")
    OPINION = "opinion", pgettext_lazy("step", "Opinion")
    ISSUE = "issue", pgettext_lazy("step", "Issue and changes")


STEP_STATES: dict[str, tuple[ReviewState, ...]] = {
    Step.INTAKE: (ReviewState.REGISTERED, ReviewState.RETURNED),
    Step.PANEL: (ReviewState.ACCEPTED, ReviewState.COMPOSING),
    Step.ASSESSMENT: (ReviewState.SCHEDULED, ReviewState.ASSESSING),
    Step.OPINION: (ReviewState.MEETING, ReviewState.DRAFTING, ReviewState.CIRCULATING),
    Step.ISSUE: (ReviewState.ISSUED, ReviewState.RECTIFYING),
}
ENDED = (ReviewState.CLOSED, ReviewState.CANCELLED)


class SeatState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    INVITED = "invited", _("invited, no answer yet")
    ACCEPTED = "accepted", _("will come")
    DECLARED = "declared", _("declared no conflict")
    ASSESSED = "assessed", _("assessment handed in")
    SIGNED = "signed", _("signed")
    DECLINED = "declined", _("declined")
    RECUSED = "recused", _("recused")
    ABSENT = "absent", _("absent")
    VOIDED = "voided", _("voided")


LIVE_SEATS = (
    SeatState.PROPOSED, SeatState.INVITED, SeatState.ACCEPTED, SeatState.DECLARED, SeatState.ASSESSED, SeatState.SIGNED,
)  # fmt: skip


class SeatOrigin(models.TextChoices):
    APPOINTED = "appointed", pgettext_lazy("seat", "appointed")
    DRAWN = "drawn", _("drawn by lot")


class AssessmentState(models.TextChoices):
    DRAFT = "draft", _("being filled in")
    SUBMITTED = "submitted", pgettext_lazy("assessment", "handed in")
    VOIDED = "voided", _("voided")


class GateOutcome(models.TextChoices):
    PASS = "pass", _("passes")
    CONDITIONAL = "conditional", _("passes on conditions")
    FAIL = "fail", _("fails")
    NOT_APPLICABLE = "not_applicable", _("does not apply")


class Verdict(models.TextChoices):
    PASS = "pass", _("pass")
    REVISE = "revise", _("pass after revision")
    FAIL = "fail", _("fail")


class ItemKind(models.TextChoices):
    MUST = "must", _("must change")
    ADVICE = "advice", _("advice")


class OpinionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    CIRCULATING = "circulating", _("being signed")
    ISSUED = "issued", pgettext_lazy("opinion", "issued")


class ConsentKind(models.TextChoices):
    AGREE = "agree", _("agrees")
    DISSENT = "dissent", _("dissents")
    SILENT = "silent", _("no answer, counted as agreeing")


class FindingState(models.TextChoices):
    OPEN = "open", pgettext_lazy("finding", "open")
    NOTIFIED = "notified", _("owner told")
    REPLIED = "replied", _("answered")
    RECHECKED = "rechecked", _("sent back")
    OVERDUE = "overdue", _("overdue")
    ESCALATED = "escalated", _("escalated")
    CLOSED = "closed", pgettext_lazy("review", "closed")
