"""What the addresses of the projects room answer to every role.

One review in the first province, of the owner's bureau; the expert of the table sits on its panel and has declared.
Where the right person asks for something that the review's state does not allow, the answer is 409: they may, but not now.
"""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from committees.models import Expert, ExpertCommittee
from hanlin.kernel.uploads import check_upload, store_private
from projects.domain import calendars, invitations
from projects.enums import FindingState, OpinionState, PartyRole, ReviewState, SeatOrigin, SeatState
from projects.models import (
    Assessment,
    Evidence,
    Finding,
    FindingStep,
    Invitation,
    Panel,
    PanelOpinion,
    PanelSeat,
    Party,
    ReviewMeeting,
    Room,
    Round,
)  # fmt: skip
from tests.factories.committees import ExpertCommitteeFactory, ExpertFactory, FieldFactory
from tests.factories.projects import DocumentVersionFactory, DossierFactory, ExpertReviewFactory, GovProjectFactory
from tests.kernel.files import pdf, upload
from tests.permissions import Row

ELSE = "learner other_learner training_admin other_secretary expert other_expert system_admin security_admin audit_admin"
OTHERS = "learner other_learner training_admin other_secretary other_expert system_admin security_admin audit_admin"
NOT_ME = f"{OTHERS} secretary owner leader"


def build(world):
    """One review with everything that hangs on it, written as rows: the flow itself is tested elsewhere."""
    body, owner = world.bodies["committee"], world.people["owner"]
    committee = ExpertCommittee.objects.filter(organisation=body).first() or ExpertCommitteeFactory(organisation=body)
    person = world.people["expert"]
    expert = Expert.objects.filter(person=person).first() or ExpertFactory(
        person=person, committee=committee, fields=[FieldFactory()]
    )
    project = GovProjectFactory(owner=world.bodies["bureau"], created_by=owner)
    checked = check_upload(upload("可行性研究报告.pdf", pdf()), kinds=("pdf",), max_bytes=10**6)
    name = store_private(checked, folder="dossiers/test")
    version = DocumentVersionFactory(document__dossier=DossierFactory(project=project), file=name, uploaded_by=owner)
    review = ExpertReviewFactory(project=project, committee=body, asked_by=owner, state=ReviewState.ASSESSING)
    round_ = Round.objects.create(review=review)
    now = timezone.now()
    panel = Panel.objects.create(round=round_, size=5, convened_at=now)
    seat = PanelSeat.objects.create(
        panel=panel, expert=expert, state=SeatState.DECLARED, origin=SeatOrigin.APPOINTED, reason="对口"
    )
    invitation = Invitation.objects.create(seat=seat, nonce="n", sent_at=now, expires_at=now + timedelta(days=2), answered_at=now)
    Assessment.objects.create(seat=seat)
    room = Room.objects.create(name="301室", organisation=world.bodies["province"], capacity=20)
    meeting = ReviewMeeting.objects.create(
        round=round_, room=room, starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=1, hours=2), created_by=owner
    )
    PanelOpinion.objects.create(
        round=round_, state=OpinionState.CIRCULATING, score=Decimal(80), verdict="pass", proposed_verdict="pass",
        sign_by=now + timedelta(days=2), saved_at=now,
    )  # fmt: skip
    finding = Finding.objects.create(review=review, number=1, text="补齐处理目的", state=FindingState.OPEN)
    step = FindingStep.objects.create(finding=finding, state=FindingState.REPLIED, by=owner)
    return {
        "project": project,
        "party": Party.objects.create(project=project, role=PartyRole.SUPERVISOR, organisation=world.bodies["centre"]),
        "version": version,
        "review": review,
        "seat": seat,
        "panel_seat": seat,
        "meeting": meeting,
        "finding": finding,
        "evidence": Evidence.objects.create(
            step=step, file=name, file_name="附件.pdf", content_type="application/pdf", size=10, sha256="0" * 64
        ),
        "letter": invitations.link_of(invitation).split("/")[-2],
        "feed": calendars.address_of(owner).rsplit("/", 1)[1].removesuffix(".ics"),
        "pool_member": expert,
    }


def pk(name):
    return lambda things: [things[name].pk]


def seen(name, args=None, **more):
    """A page for owner, secretary and leader of the scope."""
    return Row(allow="owner secretary leader", hidden=ELSE, args=args or pk(name), **more)


def kept(**more):
    """Something that the secretary does; owner and leader see the review but may not."""
    return Row(**{"allow": "secretary", "ok": 409, "hidden": ELSE, "method": "post", "args": pk("review"), **more})


def owned(name, **more):
    return Row(**{"allow": "owner", "ok": 302, "hidden": ELSE, "method": "post", "args": pk(name), **more})


def mine(**more):
    """Something about the expert's own seat."""
    return Row(**{"allow": "expert", "hidden": NOT_ME, "args": pk("panel_seat"), **more})


def room(**more):
    return Row(**{"allow": "owner secretary leader other_secretary", **more})


def seat_args(things):
    return [things["review"].pk, things["panel_seat"].pk]


ROWS = {
    "projects:projects": room(),
    "projects:register": Row(allow="owner"),
    "projects:project": seen("project"),
    "projects:change": Row(allow="owner", hidden=ELSE, args=pk("project")),
    "projects:upload": owned("project", ok=422),
    "projects:apply": owned("project", ok=409, data=lambda t: {"kind": "appraisal"}),
    "projects:add_party": owned("project", data=lambda t: {"role": "contractor", "organisation": t["centre"].pk}),
    "projects:remove_party": owned("project", args=lambda t: [t["project"].pk, t["party"].pk]),
    "projects:document": Row(allow="owner secretary leader expert", hidden=OTHERS, args=pk("version")),
    "projects:board": room(),
    "projects:reviews": room(),
    "projects:open_review": Row(allow="secretary other_secretary"),
    "projects:review": seen("review"),
    "projects:accept": kept(),
    "projects:send_back": kept(data=lambda t: {"reason": "缺目录，请补齐"}),
    "projects:hand_in_again": owned("review", ok=409),
    "projects:cancel": kept(data=lambda t: {"reason": "单位撤回"}, ok=302),
    "projects:absent": kept(args=seat_args, data=lambda t: {"reason": "未交"}),
    "projects:panel": kept(method="get", ok=200),
    "projects:propose": kept(data=lambda t: {"expert": t["pool_member"].pk, "reason": "对口"}),
    "projects:draw": kept(),
    "projects:convene": kept(),
    "projects:seat_remove": kept(args=seat_args),
    "projects:seat_leader": kept(args=seat_args, ok=302),
    "projects:seat_recuse": kept(args=seat_args, data=lambda t: {"reason": "曾任顾问"}, ok=302),
    "projects:schedule": kept(method="get", ok=200),
    "projects:meeting_cancel": kept(),
    "projects:opinion": kept(method="get", ok=200),
    "projects:opinion_start": kept(),
    "projects:opinion_recall": kept(data=lambda t: {"reason": "改结论"}),
    "projects:opinion_issue": kept(),
    "projects:findings": seen("review"),
    "projects:finding_reply": owned("finding", ok=409, data=lambda t: {"text": "已经补齐"}),
    "projects:finding_recheck": kept(args=pk("finding"), data=lambda t: {"word": "accept"}),
    "projects:evidence": seen("evidence"),
    "projects:seats": Row(allow="members"),
    "projects:seat": mine(),
    "projects:answer": mine(method="post", ok=409, data=lambda t: {"answer": "yes"}),
    "projects:declare": mine(method="post", ok=409, data=lambda t: {"conflict": "no", "agreed": "1"}),
    "projects:assessment": mine(),
    "projects:assessment_save": mine(method="post", ok=302, data=lambda t: {"part": "SECURITY", "edition": "0"}),
    "projects:assessment_submit": mine(method="post", ok=422),
    "projects:sign": mine(),
    "projects:invitation": Row(allow="everyone", args=lambda t: [t["letter"]]),
    "projects:meeting_file": Row(allow="owner secretary leader expert", hidden=OTHERS, args=pk("meeting")),
    "projects:calendar": Row(allow="members"),
    "projects:calendar_renew": Row(allow="members", ok=302, method="post"),
    "projects:feed": Row(allow="everyone", args=lambda t: [t["feed"]]),
}
