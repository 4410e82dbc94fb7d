"""The skeleton of the panel's opinion, and how far its signing has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.enums import ConsentKind, ItemKind, SeatState, Verdict
from projects.models import Consent, ExpertReview, OpinionItem, PanelOpinion, PanelSeat, ReviewMeeting
from projects.queries.dossier import documents_of
from projects.queries.merge import Merged
from projects.queries.scoring import rounded

# rules of the paper: 一、材料符合性 … 八、结论
SECTIONS: dict[str, Any] = {
    "materials": gettext_lazy("1. Papers"),
    "necessity": gettext_lazy("2. Necessity and feasibility"),
    "attributes": gettext_lazy("3. The six attributes"),
    "gates": gettext_lazy("4. The three gates"),
    "money": gettext_lazy("5. Estimate of the investment"),
    "problems": gettext_lazy("6. Problems and must-change items"),
    "advice": gettext_lazy("7. Advice"),
    "verdict": gettext_lazy("8. Verdict"),
}
LIST_SECTIONS = {"problems": ItemKind.MUST, "advice": ItemKind.ADVICE}


@dataclass(frozen=True)
class Signing:
    """Who of the panel has said what of the text."""

    agreed: int
    dissented: int
    silent: int
    waiting: list[PanelSeat]

    @property
    def total(self) -> int:
        return self.agreed + self.dissented + self.silent + len(self.waiting)

    def share(self) -> Decimal:
        """Members who agree, counting those who say nothing, of all."""
        agreeing = self.agreed + self.silent + len(self.waiting)
        return Decimal(agreeing) / self.total if self.total else Decimal(0)


def signing(opinion: PanelOpinion) -> Signing:
    seats = PanelSeat.objects.filter(panel__round=opinion.round_id, state__in=[SeatState.ASSESSED, SeatState.SIGNED])
    said = dict(Consent.objects.filter(opinion=opinion).values_list("seat", "kind"))
    rows = list(seats.select_related("expert__person").order_by("-is_leader", "expert__person__pinyin"))
    kinds = list(said.values())
    return Signing(
        kinds.count(ConsentKind.AGREE),
        kinds.count(ConsentKind.DISSENT),
        kinds.count(ConsentKind.SILENT),
        [seat for seat in rows if seat.pk not in said],
    )


def skeleton(review: ExpertReview, merged: Merged, meeting: ReviewMeeting | None) -> dict[str, str]:
    """First words of every section, drawn from the merged assessments. Always in Simplified Chinese: it is a paper."""
    with translation.override("zh-hans"):
        return {
            "head": _head(review, merged, meeting),
            "materials": _materials(review),
            "necessity": _necessity(review, merged),
            "attributes": _attributes(merged),
            "gates": _gates(merged),
            "money": _("The estimate of the investment is %(budget)s (10,000 yuan). The panel has no objection to its amount.") % {
                "budget": f"{rounded(review.project.budget):,}".removesuffix(".00"),
            },
            "problems": "",
            "advice": "",
            "verdict": verdict_words(merged.verdict),
        }  # fmt: skip


def verdict_words(verdict: str) -> str:
    """The closing sentence for a verdict."""
    return {
        Verdict.PASS: _("The panel agrees that the project passes."),
        Verdict.REVISE: _("The panel agrees that the project passes once the must-change items have been revised and rechecked."),
        Verdict.FAIL: _("The panel does not let the project pass."),
    }[Verdict(verdict)]


def _head(review: ExpertReview, merged: Merged, meeting: ReviewMeeting | None) -> str:
    words = {
        "committee": review.committee.name,
        "project": review.project.name,
        "owner": review.project.owner.name,
        "service": review.definition.name,
        "stage": review.get_stage_display(),
        "count": len(merged.seats),
        "day": date_format(timezone.localtime(meeting.starts_at) if meeting else timezone.localtime(), "DATE_FORMAT"),
        "place": (meeting.room.name if meeting.room else _("online")) if meeting else _("online"),
    }
    return (
        _(
            "On %(day)s the %(committee)s held a panel of %(count)d experts (%(place)s; list attached) on “%(project)s” "
            "(%(stage)s), submitted by %(owner)s. Having heard the report, read the papers, asked and discussed, "
            "the panel gives this opinion."
        )
        % words
    )


def _materials(review: ExpertReview) -> str:
    names = _(", ").join(str(document) for document in documents_of(review.project, review.stage))
    return _("Submitted: %(names)s. The papers meet the demands of this stage.") % {"names": names}


def _necessity(review: ExpertReview, merged: Merged) -> str:
    goal = review.project.goal.strip().rstrip("。.")
    said = " ".join(text for _seat, text in merged.comments)
    return _("Goal of the project: %(goal)s.") % {"goal": goal} + said


def _attributes(merged: Merged) -> str:
    parts = [f"{row.criterion.name}{rounded(row.mean)}" for row in merged.attributes]
    lowest = min(merged.attributes, key=lambda row: row.mean)
    return _("The score is %(score)s. Of 5 points: %(parts)s. The lowest is “%(lowest)s”.") % {
        "score": merged.score,
        "parts": _(", ").join(parts),
        "lowest": lowest.criterion.name,
    }


def _gates(merged: Merged) -> str:
    said = [f"{gate.name}：{gate.said(outcome)}" for gate, outcome, _said in merged.gates]
    reasons = [row.comment.rstrip("。") for row in merged.gate_reasons]
    tail = _(" Reasons: %(reasons)s.") % {"reasons": "；".join(reasons)} if reasons else ""
    return "；".join(said) + "。" + tail


def sections(opinion: PanelOpinion, review: ExpertReview) -> list[tuple[str, Any, str, list[OpinionItem]]]:
    """(code, title, text, items) of the definition's sections in order."""
    items = list(opinion.items.select_related("criterion").order_by("kind", "order"))
    rows = []
    for code in review.definition.data["sections"]:
        kind = LIST_SECTIONS.get(code)
        rows.append((code, SECTIONS[code], opinion.body.get(code, ""), [i for i in items if i.kind == kind] if kind else []))
    return rows


def paper_data(opinion: PanelOpinion, review: ExpertReview, meeting: ReviewMeeting | None) -> dict[str, Any]:
    """What the printed opinion is made of, in Simplified Chinese, panel and dissent included."""
    with translation.override("zh-hans"):
        consents = list(
            opinion.consents.select_related("seat__expert__person", "seat__expert__title").order_by(
                "-seat__is_leader", "seat__expert__person__pinyin"
            )
        )
        start = timezone.localtime(meeting.starts_at) if meeting else None
        return {
            "project": review.project.name,
            "owner": review.project.owner.name,
            "service": review.definition.name,
            "stage": str(review.get_stage_display()),
            "budget": f"{rounded(review.project.budget):,}".removesuffix(".00"),
            "review_number": review.number,
            "committee": review.committee.name,
            "meeting": date_format(start, "DATETIME_FORMAT") if start else "",
            "place": (meeting.room.name if meeting.room else _("online")) if meeting else "",
            "head": opinion.body.get("head", ""),
            "sections": [
                {"title": str(title), "text": text, "items": [_item(item) for item in items]}
                for _code, title, text, items in sections(opinion, review)
            ],
            "score": str(opinion.score),
            "verdict": opinion.get_verdict_display(),
            "merged": opinion.merged,
            "body": _body(opinion, review),
            "panel": _panel(consents),
            "dissents": [
                {"name": c.seat.expert.person.name, "reason": c.reason} for c in consents if c.kind == ConsentKind.DISSENT
            ],
            "silent": _(", ").join(c.seat.expert.person.name for c in consents if c.kind == ConsentKind.SILENT),
        }  # fmt: skip


def _item(item: OpinionItem) -> dict[str, str]:
    return {"text": item.text, "page": item.page}


def _panel(consents: Iterable[Consent]) -> list[dict[str, Any]]:
    return [
        {"name": c.seat.expert.person.name, "title": c.seat.expert.title_name, "leader": c.seat.is_leader,
         "said": str(c.get_kind_display()), "at": date_format(timezone.localtime(c.at), "DATETIME_FORMAT")}
        for c in consents
    ]  # fmt: skip


def _body(opinion: PanelOpinion, review: ExpertReview) -> list[str]:
    """The text as paragraphs, the way papers are set: headings by their numbers, items numbered under them."""
    lines = [opinion.body.get("head", "")]
    for _code, title, text, items in sections(opinion, review):
        lines.append(str(title))
        lines += [line.strip() for line in text.splitlines() if line.strip()]
        for place, item in enumerate(items, start=1):
            where = f"（{item.page}）" if item.page else ""
            lines.append(f"{place}．{item.text}{where}")
        if not text and not items:
            lines.append(str(_("None.")))
    return [line for line in lines if line]
