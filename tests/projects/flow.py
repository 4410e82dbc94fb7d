"""A review walked to any step through the domain's own functions, for tests of what comes after."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from committees.models import Expert, ExpertCommittee
from hanlin.people.models import Organisation, Person
from projects.domain import (
    assessments,
    declarations,
    dossiers,
    invitations,
    meetings,
    opinions,
    panels,
    projects,
    reviews,
)  # fmt: skip
from projects.domain.reference import load
from projects.enums import DocumentKind, ProjectLevel, ReviewKind, Stage
from projects.models import ExpertReview, GovProject, PanelOpinion, PanelSeat, Room
from tests.factories.committees import ExpertCommitteeFactory, ExpertFactory, FieldFactory, rules
from tests.factories.people import OrganisationFactory, PersonFactory, PostFactory
from tests.kernel.files import pdf
from tests.world import World

FIELDS = {
    "technical": "A0101", "economic": "G0101", "security": "E0101", "law": "F0101", "business": "C0101",
}  # fmt: skip
POOL = ("technical", "technical", "economic", "security", "technical", "law", "business", "technical")


def paper(name: str = "可行性研究报告.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf())


@dataclass
class Flow:
    """One review of one project in the first province of the world; `seats` follow the order of the pool."""

    world: World
    committee: ExpertCommittee | None = None
    experts: list[Expert] = field(default_factory=list)
    project: GovProject | None = None
    review: ExpertReview | None = None
    room: Room | None = None

    @property
    def owner(self) -> Person:
        return self.world.people["owner"]

    @property
    def secretary(self) -> Person:
        return self.world.people["secretary"]

    @classmethod
    def begin(cls, world: World) -> "Flow":
        """Committee, pool and room; nothing registered yet."""
        rules()
        load()
        flow = cls(world)
        body = world.bodies["committee"]
        Organisation.objects.filter(pk=body.pk).update(document_code="示专委")
        body.refresh_from_db()
        flow.committee = ExpertCommittee.objects.filter(organisation=body).first() or ExpertCommitteeFactory(organisation=body)
        # the expert of the permission table sits first
        flow.experts = [flow.expert(family, world.people["expert"] if n == 0 else None) for n, family in enumerate(POOL)]
        flow.room = Room.objects.create(name="301室", organisation=world.bodies["province"], capacity=20)
        return flow

    def expert(self, family: str, person: Person | None = None) -> Expert:
        if person is None:
            person = PersonFactory()
            PostFactory(person=person, organisation=OrganisationFactory(parent=self.world.bodies["province"]), level=None)
        if there := Expert.objects.filter(person=person).first():
            return there
        return ExpertFactory(
            person=person, committee=self.committee, fields=[FieldFactory(code=FIELDS[family], family=family, name=family)]
        )

    def registered(self, name: str = "示例省一体化政务大数据平台（一期）", **fields: Any) -> "Flow":
        values = {
            "level": ProjectLevel.PROVINCIAL,
            "stage": Stage.FEASIBILITY,
            "budget": Decimal("860"),
            "goal": "汇聚数据。",
            **fields,
        }
        owner = self.world.bodies["bureau"]
        self.project = projects.register(name, owner=owner, region=owner.region, actor=self.owner, **values)
        return self

    def filed(self, *kinds: DocumentKind) -> "Flow":
        for kind in kinds or (DocumentKind.FEASIBILITY, DocumentKind.CATALOGUE, DocumentKind.CRYPTO_PLAN):
            dossiers.file_document(self.project, kind, paper(f"{kind.value}.pdf"), actor=self.owner)
        return self

    def applied(self) -> "Flow":
        if self.project is None:
            self.registered().filed()
        self.review = reviews.apply(self.project, ReviewKind.APPRAISAL, actor=self.owner)
        return self

    def accepted(self) -> "Flow":
        self.applied()
        reviews.accept(self.review, actor=self.secretary)
        return self

    def composed(self, count: int = 5) -> "Flow":
        self.accepted()
        for expert in self.experts[:count]:
            panels.propose(self.review, expert, "专业对口", actor=self.secretary)
        return self

    def invited(self) -> "Flow":
        self.composed()
        panels.convene(self.review, actor=self.secretary)
        return self

    def confirmed(self) -> "Flow":
        self.invited()
        for seat in self.seats:
            invitations.answer(seat, will_come=True, actor=seat.expert.person)
        return self

    def scheduled(self, start: datetime | None = None) -> "Flow":
        self.confirmed()
        self.book(start)
        return self

    def book(self, start: datetime | None = None, **fields: Any) -> Any:
        start = start or timezone.now() + timedelta(days=3)
        values = {"room": self.room, "starts_at": start, "ends_at": start + timedelta(hours=2), **fields}
        return meetings.schedule(self.review, actor=self.secretary, **values)

    def assessing(self) -> "Flow":
        self.scheduled()
        for seat in self.seats:
            declarations.declare(seat, has_conflict=False, actor=seat.expert.person)
        return self.fresh()

    def assessed(self, value: int = 4, must: int = 1) -> "Flow":
        self.assessing()
        for number, seat in enumerate(self.seats):
            self.hand_in(seat, value=value, must=must if number == 0 else 0)
        return self.fresh()

    def drafted(self, **how: Any) -> "Flow":
        self.assessed(**how)
        opinions.draft(self.review, actor=self.secretary)
        return self.fresh()

    def circulated(self, **how: Any) -> "Flow":
        self.drafted(**how)
        opinions.circulate(self.opinion, actor=self.secretary)
        return self.fresh()

    def signed(self, **how: Any) -> "Flow":
        self.circulated(**how)
        for seat in self.seats:
            opinions.sign(self.opinion, seat, agrees=True, actor=seat.expert.person)
        return self.fresh()

    def issued(self, **how: Any) -> "Flow":
        self.signed(**how)
        opinions.issue(self.opinion, actor=self.secretary)
        return self.fresh()

    @property
    def seats(self) -> list[PanelSeat]:
        rows = PanelSeat.objects.live().filter(panel__round__review=self.review)
        return list(rows.select_related("expert__person", "panel__round__review__project").order_by("pk"))

    @property
    def opinion(self) -> PanelOpinion:
        return PanelOpinion.objects.select_related("round__review__project__region", "round__review__committee").get(
            round__review=self.review
        )

    def hand_in(self, seat: PanelSeat, *, value: int = 4, must: int = 0, gate: str = "pass") -> None:
        assessment = assessments.open_draft(seat, actor=seat.expert.person)
        form = self.review.definition.form
        for part in [*form.criteria.filter(parent=None), None]:
            code = part.code if part else "gates"
            data = draft(form, value=value, must=must if part and part.code == "SECURITY" else 0, gate=gate, part=code)
            assessments.save_draft(assessment, code, data, edition=assessment.edition, page="t", actor=seat.expert.person)
        assessments.submit(assessment, actor=seat.expert.person)

    def fresh(self) -> "Flow":
        self.review = ExpertReview.objects.select_related("project__owner", "project__region", "definition", "committee").get(
            pk=self.review.pk
        )
        return self


def draft(form: Any, *, value: int = 4, must: int = 0, gate: str = "pass", part: str = "") -> dict[str, Any]:
    """What a filled page sends for one part (or all): every question `value`, with a reason where it is low."""
    asked = form.criteria.exclude(parent=None)
    if part and part != "gates":
        asked = asked.filter(parent__code=part)
    reason = "依据不足" if value <= 3 else ""
    return {
        "ratings": {} if part == "gates" else {row.code: {"value": value, "reason": reason} for row in asked},
        "gates": {row.code: {"outcome": gate, "comment": "" if gate == "pass" else "缺标准清单"} for row in form.gates.all()}
        if part in ("", "gates")
        else {},
        "items": [{"kind": "must", "text": f"补齐第{n + 1}项处理目的。", "page": "第52页"} for n in range(must)],
        "comment": "",
    }
