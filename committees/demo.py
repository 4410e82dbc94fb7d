"""The committees, experts and ties of the demonstration: fictional, marked, removable."""

from datetime import date

from django.db import transaction

from committees.domain import admission, committees, reference, seats, ties
from committees.enums import AbsenceKind, Relation, SeatRole, TieKind
from committees.models import Absence, Expert, ExpertCommittee, Field, PoolAdmission, Seat, SpecialistGroup, Term, Tie
from hanlin.people.models import Grant, Organisation, Person, Post

GROUPS = ("总体规划组", "数据资源组", "业务协同组", "基础设施组", "网络与数据安全组", "法规标准组", "经济与绩效组")
DUTIES = "承担规划设计、项目论证、技术咨询、过程监理和问题会诊五项服务，为电子政务建设提供技术支撑。"
CHAIR, VICE, MEMBER = SeatRole.CHAIR, SeatRole.VICE_CHAIR, SeatRole.MEMBER
# user name, role, group, fields, in the field since, title where GB/T 8561 has none
EXPERTS = (
    ("linyi", CHAIR, 0, "A0101 A0103 C0101", 1994, ""),
    ("zhoukun", VICE, 1, "B0101 B0102 D0201", 1996, ""),
    ("wuyun", VICE, 4, "E0101 E0202", 2000, ""),
    ("chenyue", VICE, 6, "G0101 G0201", 2001, ""),
    ("zhaochong", MEMBER, 2, "C0101 A0103 B0202", 1991, ""),
    ("wangyao", MEMBER, 3, "D0101 D0102 D0202", 2006, ""),
    ("lijing", MEMBER, 5, "F0101 F0102 E0203", 2008, "律师"),
    ("shanjun", MEMBER, 6, "G0202 G0102", 2000, ""),
    ("qiumin", MEMBER, 5, "F0201 F0202", 1995, ""),
    ("zengzhe", MEMBER, 4, "E0102 E0201", 2003, ""),
    ("xiesheng", MEMBER, 0, "A0101 A0102", 1982, ""),
    ("ouyao", MEMBER, 1, "B0103 B0203", 2012, ""),
)


def _person(username: str) -> Person:
    return Person.objects.get(username=username, is_demo=True)


def _body(name: str) -> Organisation:
    return Organisation.objects.get(name=name, is_demo=True)


@transaction.atomic
def load(*, on: date) -> None:
    """Two committees, the terms, the pool of twelve and the ties that the rules of withdrawal are shown by."""
    reference.load()
    if ExpertCommittee.objects.filter(is_demo=True).exists():
        return
    secretary = _person("wensheng")
    committee = committees.found(_body("示例省电子政务专家委员会"), actor=secretary, duties=DUTIES, seats_planned=25, groups=GROUPS)
    committees.found(_body("样例省电子政务专家委员会"), actor=_person("hanshuo"), duties=DUTIES, seats_planned=15, groups=GROUPS)
    began = 2026 + 3 * ((on.year - 2026) // 3)  # terms of three calendar years, one of them 2026 to 2028
    _load_pool(committee, secretary, began)
    _load_last_term(committee, secretary, began)
    _load_term(committee, secretary, began)
    _load_ties(secretary)
    _load_absences(on)


def _load_pool(committee: ExpertCommittee, secretary: Person, began: int) -> None:
    for username, _role, _group, codes, since, title in EXPERTS:
        person = _person(username)
        post = Post.objects.current().filter(person=person).select_related("professional_title").first()
        put = admission.nominate(
            committee,
            person,
            actor=secretary,
            fields=list(Field.objects.filter(code__in=codes.split())),
            practising_since=since,
            grounds="长期从事相关领域工作，所在单位同意推荐。",
            title=post.professional_title if post else None,
            title_text=title,
        )
        day = date(began - 2, 3, 1) if username == "xiesheng" else date(began, 1, 15)  # before the age limit
        admission.examine(put, actor=secretary, opinion="符合入库条件，建议聘任。", on=day)
        admission.appoint(put, actor=secretary, on=day)


def _load_last_term(committee: ExpertCommittee, secretary: Person, began: int) -> None:
    term = committees.open_term(committee, actor=secretary, started_on=date(began - 3, 1, 1), ended_on=date(began, 1, 1))
    handover = date(began - 1, 3, 1)
    groups = list(committee.groups.order_by("order"))
    first, change = date(began - 3, 1, 1), "换届选举"
    chair = seats.seat(term, _person("xiesheng"), CHAIR, actor=secretary, on=first, group=groups[0], reason=change)
    vice = seats.seat(term, _person("linyi"), VICE, actor=secretary, on=first, group=groups[0], reason=change)
    for username, place in (("zhoukun", 1), ("chenyue", 6), ("qiumin", 5)):
        seats.seat(term, _person(username), MEMBER, actor=secretary, on=first, group=groups[place], reason=change)
    seats.unseat(chair, actor=secretary, on=handover, reason="因年龄原因不再担任主任委员")
    seats.unseat(vice, actor=secretary, on=handover, reason="改任主任委员")
    seats.seat(term, _person("linyi"), CHAIR, actor=secretary, on=handover, group=groups[0], reason="全体会议选举")


def _load_term(committee: ExpertCommittee, secretary: Person, began: int) -> None:
    term = committees.open_term(committee, actor=secretary, started_on=date(began, 1, 1), ended_on=date(began + 3, 1, 1))
    groups = list(committee.groups.order_by("order"))
    for username, role, place, _codes, _since, _title in EXPERTS:
        seats.seat(term, _person(username), role, actor=secretary, on=date(began, 1, 15), group=groups[place], reason="换届选举")
    seats.seat(term, secretary, SeatRole.SECRETARY_GENERAL, actor=None, on=date(began, 1, 15), reason="全体会议任命")


def _load_ties(secretary: Person) -> None:
    builder, supervisor = _body("示例承建科技有限公司"), _body("示例监理咨询有限公司")
    wuyun, zhaochong, wangyao, lijing, chenyue = map(_person, ("wuyun", "zhaochong", "wangyao", "lijing", "chenyue"))
    ties.record(
        wuyun, TieKind.DIRECTOR, actor=wuyun, organisation=builder, position="独立董事",
        started_on=date(2019, 4, 1), ended_on=date(2024, 3, 31), source="本人申报",
    )  # fmt: skip
    ties.record(
        zhaochong, TieKind.PRINCIPAL, actor=zhaochong, organisation=supervisor, relation=Relation.SPOUSE,
        position="法定代表人", started_on=date(2017, 6, 1), source="本人申报",
    )  # fmt: skip
    ties.record(
        wangyao, TieKind.EMPLOYMENT, actor=secretary, organisation=builder, position="系统架构师",
        started_on=date(2015, 7, 1), ended_on=date(2022, 8, 31), source="人事档案",
    )  # fmt: skip
    ties.record(
        lijing, TieKind.CONSULTANCY, actor=lijing, organisation=_body("示例省政务服务局"), position="“一件事”联办系统需求咨询",
        started_on=date(2025, 5, 1), ended_on=date(2025, 9, 30), source="本人申报",
    )  # fmt: skip
    ties.record(
        chenyue, TieKind.OVERSIGHT, actor=secretary, organisation=_body("示例省财政厅"), position="财政投资评审",
        started_on=date(2020, 3, 1), source="单位职责",
    )  # fmt: skip


def _load_absences(on: date) -> None:
    day = on.replace(day=1)
    after = date(day.year + day.month // 12, day.month % 12 + 1, 8)
    for username, length, note in (("zhaochong", 2, "国家标准评审会"), ("ouyao", 4, "赴外省授课")):
        Absence.objects.create(
            person=_person(username), first_day=after, last_day=after.replace(day=8 + length), kind=AbsenceKind.AWAY,
            note=note, is_demo=True,
        )  # fmt: skip


@transaction.atomic
def remove() -> None:
    """Everything that `load` made; the reference rows stay."""
    for model in (Absence, Tie, Seat, PoolAdmission):
        model.objects.filter(is_demo=True).delete()
    Grant.objects.filter(person__in=Expert.objects.filter(is_demo=True).values("person"), role="expert").delete()
    Expert.objects.filter(is_demo=True).delete()
    demo = ExpertCommittee.objects.filter(is_demo=True)
    Term.objects.filter(committee__in=demo).delete()
    SpecialistGroup.objects.filter(committee__in=demo).delete()
    demo.update(parent=None)
    demo.delete()
