from datetime import date

import pytest

from committees import demo
from committees.models import Expert, ExpertCommittee, Seat, Tie
from committees.queries.coi import evaluate_many
from committees.queries.pool import candidates
from committees.queries.seats import who_sat
from hanlin.people import demo as people_demo
from hanlin.people.models import Organisation

ON = date(2026, 11, 22)


@pytest.fixture
def loaded(db):
    people_demo.load(on=ON)
    demo.load(on=ON)


def test_loading_twice_changes_nothing_and_removing_leaves_nothing(loaded):
    demo.load(on=ON)
    assert (Expert.objects.count(), Seat.objects.filter(recorded_to=None).count()) == (12, 19)
    demo.remove()
    assert not Expert.objects.exists()
    assert not ExpertCommittee.objects.exists()
    assert not Tie.objects.exists()
    people_demo.remove()


def test_the_committee_sits_in_order_of_protocol_and_pinyin(loaded):
    committee = ExpertCommittee.objects.get(organisation__name="示例省电子政务专家委员会")
    names = [seat.person.name for seat in who_sat(committee, ON)]
    assert names == [
        "林祎", "陈玥", "吴赟", "周堃", "李璟", "区峣", "仇旻", "单珺", "王垚", "解昇", "曾喆", "赵翀", "闻笙",
    ]  # fmt: skip
    assert [seat.person.name for seat in who_sat(committee, date(2025, 2, 28))][0] == "解昇"
    assert [seat.person.name for seat in who_sat(committee, date(2025, 3, 1))][0] == "林祎"


def test_the_ties_of_the_demonstration_speak_as_they_should(loaded):
    def body(name):
        return Organisation.objects.get(name=name)

    parties = {
        "applicant": [body("示例省大数据中心")],
        "contractor": [body("示例承建科技有限公司")],
        "supervisor": [body("示例监理咨询有限公司")],
        "competent": [body("示例省财政厅")],
    }
    experts = candidates(on=ON)
    found = evaluate_many(experts, parties, on=ON)
    said = {e.person.name: sorted((f.rule_id, f.effect) for f in found[e.person_id]) for e in experts}
    assert said == {
        "林祎": [], "李璟": [], "区峣": [], "仇旻": [], "单珺": [], "王垚": [], "曾喆": [],
        "周堃": [("COI-07", "block")],
        "吴赟": [("COI-02", "block")],
        "陈玥": [("COI-08", "block"), ("COI-09", "block")],
        "赵翀": [("COI-20", "block")],
        "解昇": [("DIS-01", "block")],
    }  # fmt: skip
