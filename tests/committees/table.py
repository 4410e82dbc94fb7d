"""What the addresses of the committees' room answer to every role."""

from datetime import date

from tests.factories.committees import (
    AbsenceFactory,
    ExpertCommitteeFactory,
    ExpertFactory,
    FieldFactory,
    PoolAdmissionFactory,
    SeatFactory,
    TermFactory,
    TieFactory,
    rules,
)
from tests.permissions import Row


def build(world):
    """The committee of the first province with a term, a seat, an expert with a tie and a day away, an admission."""
    rules()
    committee = ExpertCommitteeFactory(organisation=world.bodies["committee"], name="示例省电子政务专家委员会")
    term = TermFactory(committee=committee, number=1, started_on=date(2024, 1, 1), ended_on=date(2034, 1, 1))
    expert = ExpertFactory(person=world.people["expert"], committee=committee, fields=[FieldFactory()])
    return {
        "expert_committee": committee,
        "committee_seat": SeatFactory(term=term, person=expert.person, valid_from=date(2026, 1, 15)),
        "pool_expert": expert,
        "tie": TieFactory(person=expert.person),
        "absence": AbsenceFactory(person=expert.person, first_day=date(2033, 1, 1), last_day=date(2033, 1, 2)),
        "admission": PoolAdmissionFactory(committee=committee, person=world.people["learner"]),
        "candidate": world.people["other_learner"],
    }


def pk(name):
    return lambda things: [things[name].pk]


SEEN_BY = "secretary expert"
NOT_SEEN = "learner other_learner training_admin other_secretary other_expert owner leader system_admin security_admin audit_admin"
SECRETARIES = "secretary other_secretary"
OTHERS = f"{NOT_SEEN} expert"
EXPERTS = "expert other_expert"
TIE = {"body": "示例公司", "kind": "director", "relation": "self"}
DAYS = {"first_day": "2033-05-04", "last_day": "2033-05-05", "kind": "away"}

ROWS = {
    "committees:index": Row(allow="everyone"),
    "committees:rules": Row(allow="everyone"),
    "committees:committee": Row(allow="everyone", args=pk("expert_committee")),
    "committees:history": Row(allow="secretary", args=pk("expert_committee")),
    "committees:seat": Row(allow="secretary", args=pk("expert_committee")),
    "committees:unseat": Row(allow="secretary", args=pk("committee_seat")),
    "committees:correct": Row(allow="secretary", args=pk("committee_seat")),
    "committees:experts": Row(allow=SECRETARIES),
    "committees:check": Row(allow=SECRETARIES),
    "committees:expert": Row(allow=SEEN_BY, hidden=NOT_SEEN, args=pk("pool_expert")),
    "committees:record_tie": Row(
        allow="secretary", ok=302, hidden=NOT_SEEN, method="post", args=pk("pool_expert"), data=lambda things: TIE
    ),
    "committees:retract_tie": Row(
        allow=SEEN_BY, ok=302, hidden=NOT_SEEN, method="post", args=pk("tie"), data=lambda things: {"reason": "填错单位"}
    ),
    "committees:candidates": Row(allow=SECRETARIES),
    "committees:nominate": Row(
        # nobody offers this person, so even the secretary finds no candidate here; test_pages.py nominates
        allow="", hidden="secretary", args=lambda things: [things["expert_committee"].pk, things["candidate"].pk],
    ),
    "committees:admissions": Row(allow=SECRETARIES),
    "committees:admission": Row(allow="secretary", hidden=OTHERS, args=pk("admission")),
    "committees:admission_step": Row(
        allow="secretary", ok=302, hidden=OTHERS, method="post", args=lambda things: [things["admission"].pk, "refuse"],
        data=lambda things: {"opinion": "材料不全"},
    ),
    "committees:me": Row(allow=EXPERTS),
    "committees:declare": Row(allow=EXPERTS, ok=302, method="post", data=lambda things: TIE),
    "committees:be_away": Row(allow=EXPERTS, ok=302, method="post", data=lambda things: DAYS),
    "committees:be_back": Row(allow="expert", ok=302, hidden="other_expert", method="post", args=pk("absence")),
}  # fmt: skip
