"""Joins the rooms: the one module that may know them all. Called once, when every app has loaded."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.permissions import set_perm
from rules.predicates import predicate

from committees.registries import Evidence, register_candidates
from courses.models import Certificate
from hanlin.kernel.domain.reference import register_reference
from hanlin.kernel.queries import desk
from hanlin.kernel.queries.policy import register_region_names
from hanlin.people import registries
from hanlin.people.enums import Role
from hanlin.people.models import Post, Region
from hanlin.people.queries.scope import has_role
from hanlin.people.registries import MenuItem, Panel

ROOMS = ["hanlin.kernel", "hanlin.people", "courses", "committees", "projects", "hanlin.talent", "hanlin.pages"]


def _part(room: str, name: str) -> Any:
    """A room's module, or None where the room has none."""
    module = room
    for step in name.split("."):
        module = f"{module}.{step}"
        if find_spec(module) is None:
            return None
    return import_module(module)


# The kernel knows no roles; who may do what there is said here.
KERNEL = {
    "kernel.read_audit": (Role.AUDIT_ADMIN,),
    "kernel.change_policy": (Role.SECURITY_ADMIN,),
    "kernel.change_calendar": (Role.SYSTEM_ADMIN,),
    "kernel.view_any_job": (Role.SYSTEM_ADMIN,),
}
SYSTEM, SECURITY, AUDIT = (frozenset({role}) for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN))
KERNEL_MENU = (
    MenuItem(_("Policy values"), "kernel:policies", SECURITY, 80, "/policies/", "adjustments-horizontal"),
    MenuItem(_("Working days"), "kernel:calendar", SYSTEM, 82, "/calendar/", "calendar"),
    MenuItem(_("Audit trail"), "kernel:audit", AUDIT, 84, "/audit/", "history"),
)
KERNEL_PANELS = (
    Panel("kernel/panel_policy.html", desk.policy_panel, SECURITY, 80),
    Panel("kernel/panel_machine.html", desk.machine_panel, SYSTEM, 82),
    Panel("kernel/panel_audit.html", desk.audit_panel, AUDIT, 84),
)


class Certified:
    """People whom a course has certified, offered to the committees as candidates with the certificate as evidence."""

    def people(self, path: str) -> Any:
        under = Post.objects.current().filter(organisation__path__startswith=path)
        return Certificate.objects.filter(revoked_at=None, person__in=under.values("person")).values("person")

    def evidence(self, person_ids: Iterable[int]) -> dict[int, list[Evidence]]:
        found: dict[int, list[Evidence]] = {}
        rows = Certificate.objects.filter(revoked_at=None, person__in=list(person_ids)).select_related("course")
        for row in rows.order_by("-issued_on", "pk"):
            found.setdefault(row.person_id, []).append(Evidence(row.course.title, row.number, row.issued_on))
        return found


def _holds(*roles: Role) -> Any:
    return predicate(lambda person: person.is_authenticated and has_role(person, *roles), name=f"holds {roles}")


def connect() -> None:
    """Fill the registries of the lower rooms from the upper ones."""
    for permission, roles in KERNEL.items():
        set_perm(permission, _holds(*roles))
    register_candidates(Certified())
    register_region_names(lambda: dict(Region.objects.values_list("code", "name")))
    registries.register_menu(*KERNEL_MENU)
    registries.register_panel(*KERNEL_PANELS)
    for room in ROOMS:
        if menu := _part(room, "menu"):
            registries.register_menu(*menu.ITEMS)
            registries.register_panel(*menu.PANELS)
        if todo := _part(room, "queries.todo"):
            registries.register_todos(todo.todos_for)
        if search := _part(room, "queries.search"):
            registries.register_search(search.hits_for)
        if personal := _part(room, "queries.personal"):
            registries.register_personal(room.rpartition(".")[2], personal.data_of)
        if (tasks := _part(room, "tasks")) and hasattr(tasks, "register"):
            tasks.register()  # kinds of jobs, papers and imports
        if room != "hanlin.kernel" and (reference := _part(room, "domain.reference")):
            register_reference(reference.load)
