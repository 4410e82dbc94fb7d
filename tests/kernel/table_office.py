"""Who may open the kernel's own pages."""

from datetime import date
from decimal import Decimal

from hanlin.kernel.domain.imports import register_import, upload
from hanlin.kernel.domain.reference import load
from hanlin.kernel.models import Job, PolicyValue, Workday
from hanlin.kernel.tables import Column, TableSpec
from hanlin.kernel.uploads import check_upload
from tests.kernel import files
from tests.permissions import Row
from tests.world import ROLES

KIND = "test.names"
OTHERS = " ".join(role for role in ROLES if role not in ("stranger", "learner"))
NOT_SYSTEM = " ".join(role for role in ROLES if role not in ("stranger", "learner", "system_admin"))


def _job(things):
    return [things["job"].pk]


def _file(things):
    return [things["job"].pk, "result"]


def _batch(things):
    return [things["batch"].pk]


ROWS = {
    "kernel:job": Row("learner system_admin", hidden=NOT_SYSTEM, args=_job),
    "kernel:job_bar": Row("learner system_admin", hidden=NOT_SYSTEM, args=_job),
    "kernel:job_cancel": Row("learner system_admin", ok=302, hidden=NOT_SYSTEM, method="post", args=_job),
    "kernel:job_file": Row("learner system_admin", hidden=NOT_SYSTEM, args=_file),
    "kernel:import": Row("learner", args=lambda things: [KIND]),
    "kernel:import_template": Row("learner", args=lambda things: [KIND]),
    "kernel:import_batch": Row("learner", hidden=OTHERS, args=_batch),
    "kernel:import_confirm": Row("learner", ok=302, hidden=OTHERS, method="post", args=_batch),
    "kernel:import_refused": Row("learner", hidden=OTHERS, args=_batch),
    "kernel:policies": Row("members"),
    "kernel:policy": Row("members", args=lambda things: ["training.day.hours"]),
    "kernel:policy_withdraw": Row("security_admin", ok=302, method="post", args=lambda things: [things["later"].pk]),
    "kernel:calendar": Row("members"),
    "kernel:workday_remove": Row("system_admin", ok=302, method="post", args=lambda things: [things["day"].pk]),
    "kernel:audit": Row("audit_admin"),
    "kernel:audit_verify": Row("audit_admin", ok=302, method="post"),
    "kernel:audit_export": Row("audit_admin"),
}


def names_kind(applied=None):
    """A kind of import that only the learner may use; `applied` gathers what it writes."""
    written = [] if applied is None else applied

    def plan(rows, *, actor, context):
        for row in rows:
            row.action = "same" if row.values["name"] in written else "create"

    def apply(rows, *, actor, context):
        written.extend(row.values["name"] for row in rows if row.action == "create")

    register_import(
        KIND,
        title="导入姓名（示例）",
        spec=TableSpec([Column("name", "姓名", required=True), Column("note", "备注")], unique=[("name",)]),
        plan=plan,
        apply=apply,
        permission=lambda person, context: person.username == "learner",
    )
    return written


def names_file(rows=(("顾昀", ""), ("", "无名"))):
    content = files.xlsx([["姓名", "备注"], *[list(row) for row in rows]])
    return check_upload(files.upload("名册.xlsx", content), kinds=["xlsx"], max_bytes=10**7)


def build(world):
    from hanlin.kernel.domain.policies import set_policy
    from hanlin.kernel.enums import PolicyMark
    from hanlin.kernel.uploads import store_private

    load()
    names_kind()
    learner = world.people["learner"]
    stored = store_private(names_file(), "jobs")
    set_policy(
        "training.day.hours", value=Decimal(6), valid_from=date(2099, 1, 1), source="示例", mark=PolicyMark.PROPOSAL, actor=None
    )
    return {
        "job": Job.objects.create(kind="test.job", asked_by_id=learner.pk, result_file=stored),
        "batch": upload(KIND, names_file(), actor=learner, context={}),
        "later": PolicyValue.objects.get(code="training.day.hours", valid_from=date(2099, 1, 1)),
        "day": Workday.objects.order_by("date").first(),
    }
