"""The projects of the demonstration: eight, each at another step of its review, walked there by the domain's own functions."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from committees.models import Expert
from hanlin.kernel.models import OfficialDocument
from hanlin.kernel.queries.calendar import add_working_days
from hanlin.kernel.uploads import delete_private
from hanlin.people.models import Organisation, Person, Post
from projects import demo_papers, models
from projects.domain import (
    assessments,
    declarations,
    dossiers,
    findings,
    invitations,
    meetings,
    opinions,
    panels,
    projects,
    reference,
    reviews,
)  # fmt: skip
from projects.enums import DocumentKind, PartyRole, ProjectLevel, ReviewKind, Stage
from projects.models import ExpertReview, Finding, GovProject, PanelSeat, Room
from projects.queries.drafts import GATES, SUMMARY
from projects.queries.merge import tree
from projects.reference import read

ELSEWHERE = "tangshu"  # files for bodies that have no log-in of their own in the demonstration
PANELS = {
    "platform": "linyi zhaochong shanjun zengzhe qiumin",
    "cloud": "linyi wangyao shanjun zengzhe qiumin",
    "onething": "linyi zhoukun shanjun zengzhe qiumin",
    "sensing": "zhoukun wangyao chenyue zengzhe ouyao",
    "archive": "linyi wangyao chenyue zengzhe lijing",
    "credit": "linyi zhoukun shanjun zengzhe qiumin",
}
LOW = {  # attribute → rating where a panel is not content; 4 elsewhere
    "platform": {"SHAREABILITY": 3, "SECURITY": 4}, "onething": {"SECURITY": 3}, "archive": {"SECURITY": 3, "STABILITY": 3},
    "credit": {"SUSTAINABILITY": 3}, "sensing": {"SYNERGY": 2, "STABILITY": 2},
}  # fmt: skip


def _person(username: str) -> Person:
    return Person.objects.get(username=username, is_demo=True)


def _body(name: str) -> Organisation:
    return Organisation.objects.get(name=name, is_demo=True)


@transaction.atomic
def load(*, on: date) -> None:
    """Rooms, eight projects with their dossiers, and reviews at every step. Does nothing where they stand already."""
    reference.load()
    if GovProject.objects.filter(is_demo=True).exists():
        return
    data = read("demo.yaml")
    for row in data["rooms"]:
        Room.objects.create(
            name=row["name"], organisation=_body(row["body"]), address=row["address"], capacity=row["capacity"], is_demo=True
        )
    made = {row["key"]: _project(row) for row in data["projects"]}
    _Walk(made, data, on).all()


def _owner_of(body: Organisation) -> Person:
    post = Post.objects.current().filter(organisation=body, person__is_demo=True).select_related("person").order_by("pk").first()
    return post.person if post else _person(ELSEWHERE)


def _project(row: dict[str, Any]) -> GovProject:
    owner = _body(row["owner"])
    actor = _person("tangshu") if row["owner"] == "示例省数据局" else _owner_of(owner)
    project = projects.register(
        row["name"], owner=owner, competent=_body(row["competent"]) if row.get("competent") else None, region=owner.region,
        level=ProjectLevel(row["level"]), stage=Stage(row["stage"]), budget=Decimal(row["budget"]), goal=row["goal"],
        actor=actor, is_demo=True,
    )  # fmt: skip
    projects.set_parties(project, [(PartyRole(role), _body(name)) for role, name in row["parties"]], actor=actor)
    make = demo_papers.pdf if row["key"] == "platform" else demo_papers.docx
    for kind, versions in row["papers"].items():
        title = str(DocumentKind(kind).label)
        for text in versions:
            dossiers.file_document(project, DocumentKind(kind), make(title, text), actor=actor)
    return project


class _Walk:
    """Takes each review to its step."""

    def __init__(self, made: dict[str, GovProject], data: dict[str, Any], on: date) -> None:
        self.projects, self.data, self.on = made, data, on
        self.secretary = _person("wensheng")
        self.slot = 0

    def all(self) -> None:
        self.platform()
        self.cloud()
        self.onething()
        self.sensing()
        self._asked("hotline", ReviewKind.CLINIC, question="通话录音用于模型优化，告知和保存期限是否合规。")
        county = self._asked("county", ReviewKind.APPRAISAL)
        reviews.send_back(county, "缺“为何不能由市级平台满足”的说明，请补充后重新提交。", actor=self.secretary)
        self.archive()
        self.credit()

    def _asked(self, key: str, kind: ReviewKind, question: str = "") -> ExpertReview:
        project = self.projects[key]
        return reviews.apply(project, kind, actor=project.created_by, question=question)

    def _invited(self, key: str, kind: ReviewKind) -> ExpertReview:
        review = self._asked(key, kind)
        reviews.accept(review, actor=self.secretary)
        for username in PANELS[key].split():
            expert = Expert.objects.get(person=_person(username))
            panels.propose(review, expert, "专业对口，近期无在办评审冲突", actor=self.secretary)
        panels.convene(review, actor=self.secretary)
        return review

    def _seats(self, review: ExpertReview) -> list[PanelSeat]:
        rows = PanelSeat.objects.live().filter(panel__round__review=review)
        return list(rows.select_related("expert__person", "panel__round__review__project__region").order_by("pk"))

    def _assessing(self, key: str, kind: ReviewKind) -> ExpertReview:
        review = self._invited(key, kind)
        for seat in self._seats(review):
            invitations.answer(seat, will_come=True, actor=seat.expert.person)
        self._book(review)
        for seat in self._seats(review):
            declarations.declare(seat, has_conflict=False, actor=seat.expert.person)
        return self._again(review)

    def _book(self, review: ExpertReview) -> None:
        """Half a day each, from the next working day but one on: nobody sits twice at a time."""
        day = add_working_days(self.on, 2 + self.slot // 2)
        start = timezone.make_aware(datetime.combine(day, time(9, 30) if self.slot % 2 == 0 else time(14, 30)))
        self.slot += 1
        room = Room.objects.filter(is_demo=True, name="301室").first()
        meetings.schedule(
            review, room=room, starts_at=start, ends_at=start + timedelta(hours=2), agenda="汇报、审阅材料、质询、讨论、形成意见",
            actor=self.secretary,
        )  # fmt: skip

    def _again(self, review: ExpertReview) -> ExpertReview:
        return ExpertReview.objects.select_related("project__owner", "project__region", "definition__form", "committee").get(
            pk=review.pk
        )

    def _fill(self, key: str, seat: PanelSeat, parts: int = 99) -> Any:
        """A draft with ratings, gates and remarks; `parts` leaves the rest open."""
        review, actor = seat.panel.round.review, seat.expert.person
        assessment = assessments.open_draft(seat, actor=actor)
        form = review.definition.form
        remarks = [row for row in self.data["remarks"].get(key, []) if row["by"] == actor.username]
        for place, (attribute, children) in enumerate(tree(form)):
            if place >= parts:
                return assessment
            value = LOW[key].get(attribute.code, 4 + (seat.pk + place) % 2)
            reason = self.data["reasons"][attribute.code] if value <= 3 else ""
            ratings = {child.code: {"value": value, "reason": reason} for child in children}
            items = [{name: row[name] for name in ("kind", "text", "page")} for row in remarks if row["part"] == attribute.code]
            self._save(assessment, attribute.code, {"ratings": ratings, "items": items}, actor)
        outcome = "conditional" if key == "platform" else "pass"
        comment = self.data["reasons"]["GATE"] if outcome == "conditional" else ""
        gates = {gate.code: {"outcome": outcome, "comment": comment} for gate in form.gates.all()}
        self._save(assessment, GATES, {"gates": gates}, actor)
        said = self.data["comments"][key] if seat.is_leader else ""
        self._save(assessment, SUMMARY, {"comment": said}, actor)
        return assessment

    def _save(self, assessment: Any, part: str, data: dict[str, Any], actor: Person) -> None:
        assessments.save_draft(assessment, part, data, edition=assessment.edition, page="demo", actor=actor)

    def _hand_in(self, key: str, review: ExpertReview, leave: tuple[str, ...] = ()) -> None:
        for seat in self._seats(review):
            if seat.expert.person.username not in leave:
                assessments.submit(self._fill(key, seat), actor=seat.expert.person)

    def platform(self) -> None:
        """Assessing: four are in, one is half filled in."""
        review = self._assessing("platform", ReviewKind.APPRAISAL)
        self._hand_in("platform", review, leave=("zengzhe",))
        waiting = next(seat for seat in self._seats(review) if seat.expert.person.username == "zengzhe")
        self._fill("platform", waiting, parts=2)

    def cloud(self) -> None:
        """Composing: three have said yes, one has not answered, one has declined."""
        review = self._invited("cloud", ReviewKind.APPRAISAL)
        for seat in self._seats(review):
            name = seat.expert.person.username
            if name == "qiumin":
                invitations.answer(seat, will_come=False, reason="当周赴外省参加标准评审会", actor=seat.expert.person)
            elif name != "zengzhe":
                invitations.answer(seat, will_come=True, actor=seat.expert.person)

    def onething(self) -> None:
        """All assessments are in, the session lies ahead."""
        review = self._assessing("onething", ReviewKind.CONSULTING)
        self._hand_in("onething", review)

    def sensing(self) -> None:
        """Assessing and late: one of five is in."""
        review = self._assessing("sensing", ReviewKind.CLINIC)
        self._hand_in("sensing", review, leave=("wangyao", "chenyue", "zengzhe", "ouyao"))
        ExpertReview.objects.filter(pk=review.pk).update(due_on=self.on - timedelta(days=3))

    def _circulated(self, key: str, kind: ReviewKind) -> Any:
        review = self._assessing(key, kind)
        self._hand_in(key, review)
        opinion = opinions.draft(self._again(review), actor=self.secretary)
        return opinions.circulate(opinion, actor=self.secretary)

    def archive(self) -> None:
        """Issued: of three items one is struck off, one answered, one open."""
        opinion = self._circulated("archive", ReviewKind.APPRAISAL)
        for seat in self._seats(opinion.round.review):
            opinions.sign(opinion, seat, agrees=True, actor=seat.expert.person)
        opinions.issue(opinion, actor=self.secretary)
        owner = _person("tangshu")
        first, second, *_rest = Finding.objects.filter(review=opinion.round.review).order_by("number")
        evidence = demo_papers.docx("补测报告", "备份恢复测评记录\n恢复用时3小时12分，数据完整。")
        findings.reply(first, "已补测备份恢复，报告附后。", files=[evidence], actor=owner)
        findings.recheck(first, accepted=True, text="补测报告齐全", actor=self.secretary)
        findings.reply(second, "利用依据和审批流程已列入建设总结附件2。", actor=owner)

    def credit(self) -> None:
        """Being signed: everybody but the leader has."""
        opinion = self._circulated("credit", ReviewKind.APPRAISAL)
        for seat in self._seats(opinion.round.review):
            if not seat.is_leader:
                opinions.sign(opinion, seat, agrees=True, actor=seat.expert.person)


@transaction.atomic
def remove() -> None:
    """Everything that `load` made, and what was done to it since; reference rows stay."""
    mine = GovProject.objects.filter(is_demo=True)
    demo = ExpertReview.objects.filter(project__in=mine)
    opinions_ = models.PanelOpinion._base_manager.filter(round__review__in=demo)
    ids = [str(pk) for pk in opinions_.values_list("pk", flat=True)]
    OfficialDocument.objects.filter(object_type="projects.panelopinion", object_id__in=ids).delete()
    for name in _files(mine):
        delete_private(name)
    for model, path in (
        ("Evidence", "step__finding__review"), ("FindingStep", "finding__review"), ("Finding", "review"),
        ("Consent", "opinion__round__review"), ("OpinionItem", "opinion__round__review"), ("PanelOpinion", "round__review"),
        ("Remark", "assessment__seat__panel__round__review"), ("Assessment", "seat__panel__round__review"),
        ("CoiDeclaration", "seat__panel__round__review"), ("ReviewMeeting", "round__review"),
    ):  # fmt: skip
        getattr(models, model)._base_manager.filter(**{f"{path}__in": demo}).delete()
    models.PanelSeat.objects.filter(panel__round__review__in=demo).update(replaced_by=None)
    models.PanelSeat.objects.filter(panel__round__review__in=demo).delete()
    demo.delete()
    mine.delete()
    models.CalendarFeed.objects.filter(person__is_demo=True).delete()
    Room.objects.filter(is_demo=True).delete()


def _files(mine: Any) -> list[str]:
    versions = models.DocumentVersion.objects.filter(document__dossier__project__in=mine).values_list("file", flat=True)
    evidence = models.Evidence.objects.filter(step__finding__review__project__in=mine).values_list("file", flat=True)
    return [*versions, *evidence]
