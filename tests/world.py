"""The people of the permission table: one of each role, in two provinces, with nothing done yet."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hanlin.people.enums import OrganisationKind, RegionLevel, Role
from hanlin.people.models import Grant, Organisation, Person, Post, Rank, Region

ROLES = (
    "stranger", "learner", "other_learner", "training_admin", "secretary", "other_secretary", "expert",
    "other_expert", "owner", "leader", "system_admin", "security_admin", "audit_admin",
)  # fmt: skip
SINCE = date(2024, 1, 1)
PASSWORD = "Hanlin-test-2026"


@dataclass
class World:
    """`people` by role name (no entry for the stranger), `bodies` by key, `things` for what the rooms add."""

    people: dict[str, Person] = field(default_factory=dict)
    bodies: dict[str, Organisation] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def make(cls) -> "World":
        world = cls()
        world._bodies()
        level = Rank.objects.create(
            system="leadership_gbt12407", code="131", name="县处级正职", order=7, training_tier="A", source="GB/T 12407-2008"
        )
        for role, name, body, grant in (
            ("learner", "顾昀", "centre", None),
            ("other_learner", "岑溪", "other_bureau", None),
            ("training_admin", "何昕", "province", Role.TRAINING_ADMIN),
            ("secretary", "闻笙", "committee", Role.SECRETARY),
            ("other_secretary", "韩朔", "other_committee", Role.SECRETARY),
            ("expert", "曾喆", "institute", Role.EXPERT),
            ("other_expert", "仇旻", "institute", Role.EXPERT),
            ("owner", "唐澍", "bureau", Role.OWNER),
            ("leader", "程璟", "province", Role.LEADER),
            ("system_admin", "沈砚", "bureau", Role.SYSTEM_ADMIN),
            ("security_admin", "陆衡", "bureau", Role.SECURITY_ADMIN),
            ("audit_admin", "苏简", "bureau", Role.AUDIT_ADMIN),
        ):
            world._person(role, name, body, grant, level)
        return world

    def _bodies(self) -> None:
        here = Region.objects.create(code="990000", name="示例省", level=RegionLevel.PROVINCE)
        there = Region.objects.create(code="980000", name="样例省", level=RegionLevel.PROVINCE)
        for key, name, kind, parent, region in (
            ("province", "示例省人民政府", OrganisationKind.GOVERNMENT, None, here),
            ("bureau", "示例省数据局", OrganisationKind.GOVERNMENT, "province", here),
            ("centre", "青泽县大数据中心", OrganisationKind.INSTITUTION, "province", here),
            ("institute", "示例省标准化院", OrganisationKind.INSTITUTION, "province", here),
            ("committee", "示例省电子政务专家委员会", OrganisationKind.COMMITTEE, "province", here),
            ("other_province", "样例省人民政府", OrganisationKind.GOVERNMENT, None, there),
            ("other_bureau", "样例省数据局", OrganisationKind.GOVERNMENT, "other_province", there),
            ("other_committee", "样例省电子政务专家委员会", OrganisationKind.COMMITTEE, "other_province", there),
        ):
            fields = {"name": name, "kind": kind, "region": region}
            if parent is None:
                self.bodies[key] = Organisation.add_root(**fields)
            else:
                self.bodies[key] = Organisation.objects.get(pk=self.bodies[parent].pk).add_child(**fields)

    def _person(self, role: str, name: str, body: str, grant: Role | None, level: Rank) -> None:
        person = Person.objects.create_user(role, PASSWORD, name=name, email=f"{role}@demo.example")
        organisation = self.bodies[body]
        Post.objects.create(person=person, organisation=organisation, title="干部", level=level, started_on=SINCE)
        if grant is not None:
            # secretaries and experts work over their whole province
            root = organisation.get_root() if grant in (Role.SECRETARY, Role.EXPERT) else organisation
            over = root if grant not in (Role.OWNER,) else organisation
            Grant.objects.create(person=person, role=grant, organisation=over, started_on=SINCE, reason="测试")
        self.people[role] = person
