"""Bulk tables from file to rows: upload, check with every error of every row, confirm, one transaction.

A room registers a kind of table; the pages under /imports/ are the same for all. The rows of a file are
read anew at each step, so that what was checked and what is written are one; running a file twice
changes nothing, because a planner calls a row that is there already "same".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hanlin.kernel.domain import jobs
from hanlin.kernel.domain.audit import log
from hanlin.kernel.domain.states import move
from hanlin.kernel.enums import ImportState
from hanlin.kernel.errors import Refused
from hanlin.kernel.models import ImportBatch, Job
from hanlin.kernel.queries.policy import policy
from hanlin.kernel.tables import ParsedTable, Row, TableSpec, parse, read_table
from hanlin.kernel.uploads import CheckedFile, delete_private, open_private, store_private

if TYPE_CHECKING:  # half a second and 60 MB: only who reads a table pays
    import pandas as pd

AS_JOB = 500  # more rows than this are checked and written by a worker
Context = dict[str, str]


class Planner(Protocol):
    def __call__(self, rows: list[Row], *, actor: Any, context: Context) -> None: ...


@dataclass(frozen=True)
class ImportKind:
    """A registered kind of table.

    `plan` looks at the rows that parsed well beside the database: it appends to `row.errors`, or sets
    `row.action` (create, update, same). `apply` writes the rows that are good; it runs right after
    `plan`, in the same transaction. Both may raise Refused for the whole file. `permission` is a
    permission's name, or a function of person and context.
    """

    kind: str
    title: str | Promise
    spec: Callable[[], TableSpec] | TableSpec
    plan: Planner
    apply: Planner
    permission: str | Callable[[Any, Context], bool]
    intro: str | Promise = ""
    after: str | Callable[[Context], str] = ""  # the path of the page that shows the rows afterwards

    def table(self) -> TableSpec:
        return self.spec() if callable(self.spec) else self.spec

    def allows(self, person: Any, context: Context) -> bool:
        return self.permission(person, context) if callable(self.permission) else bool(person.has_perm(self.permission))

    def after_url(self, context: Context) -> str:
        return self.after(context) if callable(self.after) else self.after


_kinds: dict[str, ImportKind] = {}


def register_import(
    kind: str,
    *,
    title: str | Promise,
    spec: Callable[[], TableSpec] | TableSpec,
    plan: Planner,
    apply: Planner,
    permission: str | Callable[[Any, Context], bool],
    intro: str | Promise = "",
    after: str | Callable[[Context], str] = "",
) -> None:
    """Give a kind of table its pages: /imports/<kind>/. See ImportKind."""
    _kinds[kind] = ImportKind(kind, title, spec, plan, apply, permission, intro, after)


def import_kind(kind: str) -> ImportKind:
    """Raises KeyError."""
    return _kinds[kind]


def frame_of(batch: ImportBatch) -> pd.DataFrame:
    """The file's cells as text. Raises Refused where the file's time is over."""
    if not batch.file:
        raise Refused(_("The file of this import has been deleted. Upload it again."))
    spec = import_kind(batch.kind).table()
    with open_private(batch.file) as file:
        return read_table(file, name=batch.file_name, headers=spec.headers(), max_rows=spec.max_rows)


@transaction.atomic
def upload(kind: str, checked: CheckedFile, *, actor: Any, context: Context) -> ImportBatch:
    """Take a file that passed `check_upload`, and check its rows: at once, or by a worker where they are many.

    Raises Refused where it is no table of this kind; then nothing is kept.
    """
    table = import_kind(kind).table()
    frame = read_table(checked.file, name=checked.name, headers=table.headers(), max_rows=table.max_rows)
    parsed = None if len(frame) > AS_JOB else _planned(kind, frame, actor, context)
    batch = ImportBatch.objects.create(
        kind=kind,
        context=context,
        file=store_private(checked, "imports"),
        file_name=checked.name,
        sha256=checked.sha256,
        total=len(frame),
        actor_id=actor.pk,
        actor_name=actor.get_full_name(),
    )
    if parsed is not None:
        _record_check(batch, parsed)
    else:
        _as_job(batch, "kernel.import_check", actor)
    log(batch, "kernel.import.upload", actor=actor, after={"kind": kind, "rows": batch.total, "sha256": batch.sha256})
    return batch


def _as_job(batch: ImportBatch, kind: str, actor: Any) -> None:
    batch.job = jobs.start(kind, actor=actor, arguments={"batch": str(batch.pk)}, key=str(batch.pk))
    batch.save(update_fields=["job"])


def _planned(kind: str, frame: pd.DataFrame, actor: Any, context: Context) -> ParsedTable:
    known = import_kind(kind)
    parsed = parse(known.table(), frame)
    known.plan(parsed.good, actor=actor, context=context)
    return parsed


def _record_check(batch: ImportBatch, parsed: ParsedTable) -> None:
    good, bad = parsed.good, parsed.bad
    report = {
        "ignored": parsed.ignored,
        "plan": Counter(row.action for row in good),
        "errors": {str(row.number): row.errors for row in bad},
    }
    move(batch, ImportState.CHECKED, good=len(good), bad=len(bad), report=report)


def check_job(job: Job) -> None:
    """The worker's share of a large upload."""
    batch = ImportBatch.objects.get(pk=job.arguments["batch"])
    if batch.state != ImportState.UPLOADED:
        return
    actor = get_user_model()._default_manager.get(pk=batch.actor_id)
    jobs.progress(job, 0, batch.total, _("Checking the rows"))
    try:
        parsed = _planned(batch.kind, frame_of(batch), actor, batch.context)
    except Refused as error:
        move(batch, ImportState.REFUSED, report={"refused": str(error)})
        raise
    _record_check(batch, parsed)
    jobs.progress(job, batch.total, batch.total, _("Checked"))


@transaction.atomic
def confirm(batch: ImportBatch, *, actor: Any) -> ImportBatch:
    """Write the good rows: at once, or by a worker where they are many. Raises Refused, StaleState."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportState.CHECKED:
        raise Refused(_("This file has been imported already, or is still being checked. Reload the page."))
    if not batch.good:
        raise Refused(_("No row of this file can be imported. Mend the rows listed below and upload the file again."))
    if batch.total > AS_JOB:
        _as_job(batch, "kernel.import_apply", actor)
    else:
        _write(batch, actor)
    return batch


def _write(batch: ImportBatch, actor: Any) -> None:
    """Plan once more, since others may have written meanwhile, then write all good rows."""
    parsed = _planned(batch.kind, frame_of(batch), actor, batch.context)
    good, bad = parsed.good, parsed.bad
    result = Counter(row.action for row in good)
    import_kind(batch.kind).apply(good, actor=actor, context=batch.context)
    report = {**batch.report, "result": result, "errors": {str(row.number): row.errors for row in bad}}
    move(batch, ImportState.APPLIED, good=len(good), bad=len(bad), report=report, applied_at=timezone.now())
    log(batch, "kernel.import.apply", actor=actor, after={"kind": batch.kind, "refused": len(bad), **result})


def apply_job(job: Job) -> None:
    """The worker's share of a large confirmation."""
    jobs.progress(job, 0, 0, _("Writing the rows"))
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=job.arguments["batch"])
        if batch.state != ImportState.CHECKED:
            return
        actor = get_user_model()._default_manager.get(pk=batch.actor_id)
        _write(batch, actor)
    jobs.progress(job, batch.total, batch.total, _("Imported"))


def refused_rows(batch: ImportBatch) -> list[list[str]]:
    """The rows that were not taken, as they stood, each with all its reasons in the last cell."""
    spec = import_kind(batch.kind).table()
    rows = shown_rows(batch, [int(number) for number in batch.report.get("errors", {})])
    return [[row.raw[column.key] for column in spec.columns] + ["\n".join(row.errors)] for row in rows]


def shown_rows(batch: ImportBatch, numbers: list[int]) -> list[Row]:
    """Rows of the file by number, with the errors of the report."""
    frame = frame_of(batch)
    wanted = [number for number in numbers if number in frame.index]
    rows = parse(import_kind(batch.kind).table(), frame.loc[wanted]).rows if wanted else []
    errors = batch.report.get("errors", {})
    for row in rows:
        row.errors = errors.get(str(row.number), [])
    return rows


def good_numbers(batch: ImportBatch, count: int) -> list[int]:
    """The first so many rows without errors."""
    errors = batch.report.get("errors", {})
    return [int(number) for number in frame_of(batch).index if str(number) not in errors][:count]


def forget_old_files() -> int:
    """Delete the files of imports whose time is over; the counts and row numbers stay. Returns how many."""
    before = timezone.now() - timedelta(days=int(policy("import.file.keep_days")))
    old = ImportBatch.objects.filter(created_at__lt=before).exclude(file="").order_by("created_at")[:500]
    for batch in old:
        delete_private(batch.file)
        ImportBatch.objects.filter(pk=batch.pk).update(file="")
    return len(old)
