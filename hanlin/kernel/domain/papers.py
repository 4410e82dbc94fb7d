"""Issuing and revoking official papers (公文).

`issue` runs in the caller's transaction: number, frozen data and the job that makes the files stand or fall with it.
The files come a moment later, because layout takes seconds; a paper counts from its number on, not from its PDF.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanlin.kernel.domain import jobs
from hanlin.kernel.domain.audit import Actor, log
from hanlin.kernel.domain.numbers import certificate_text, number_text, recount, take_number
from hanlin.kernel.domain.states import move
from hanlin.kernel.enums import PaperKind, PaperState
from hanlin.kernel.errors import Refused
from hanlin.kernel.models import Job, OfficialDocument
from hanlin.kernel.papers.registry import PaperTemplate, may_open, register_paper_access, register_template, template_of

__all__ = ["forget_demo", "issue", "may_open", "register_paper_access", "register_template", "remake", "render_paper", "revoke"]

RENDER = "kernel.render_paper"


def _frozen(data: Mapping[str, Any]) -> dict[str, Any]:
    return dict(json.loads(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)))


def _public(template: PaperTemplate, title: str, frozen: Mapping[str, Any]) -> dict[str, Any]:
    fields = {"title": title, **frozen}
    missing = [key for key in template.public_fields if key not in fields]
    if missing:
        raise LookupError(f"paper {template.code!r} lacks the data {missing}")
    return {key: fields[key] for key in template.public_fields}


@transaction.atomic
def issue(
    code: str,
    row: models.Model,
    *,
    actor: Actor | None,
    issuer_name: str,
    issuer_code: str,
    title: str,
    data: Mapping[str, Any],
    on: date | None = None,
) -> OfficialDocument:
    """Issue the paper `code` about `row`: take its number, freeze its data, have its files made after the commit.

    `issuer_code` is the issuer's 机关代字. Raises Refused where the issuer has none.
    """
    if not issuer_code.strip():
        raise Refused(
            _("%(issuer)s has no document code yet. Enter it on the organisation's page first.") % {"issuer": issuer_name}
        )
    template, on = template_of(code), on or timezone.localdate()
    frozen = _frozen(data)
    public = _public(template, title, frozen)
    number = take_number(issuer_code, template.series, on.year)
    spell = certificate_text if template.kind == PaperKind.CERTIFICATE else number_text
    document = OfficialDocument.objects.create(
        template=code, template_version=template.version, kind=template.kind,
        issuer_name=issuer_name, issuer_code=issuer_code, series=template.series, year=on.year, number=number,
        number_text=spell(issuer_code, template.series, on.year, number), title=title, data=frozen, public=public,
        object_type=row._meta.label_lower, object_id=str(row.pk), issued_on=on, issued_at=timezone.now(),
        issued_by_id=actor.pk if actor else None, issued_by_name=actor.get_full_name() if actor else "",
        is_demo=bool(settings.DEMO or getattr(row, "is_demo", False)),
    )  # fmt: skip
    about = f"{document.object_type} {document.object_id}"
    log(document, "kernel.paper.issue", actor=actor, after={"number": document.number_text, "title": title, "about": about})
    _render_later(document, actor)
    return document


def _render_later(document: OfficialDocument, actor: Actor | None) -> Job:
    return jobs.start(RENDER, actor=actor, arguments={"paper": document.pk}, key=str(document.pk))


@transaction.atomic
def revoke(document: OfficialDocument, *, actor: Actor, reason: str) -> OfficialDocument:
    """Withdraw a paper for good; its number stays taken and the public page says so with the reason.

    Raises Refused without a reason or where it is revoked already.
    """
    if not reason.strip():
        raise Refused(_("Say why the document is revoked; the reason is shown to whoever verifies it."))
    document.revoked_at, document.revoked_reason = timezone.now(), reason.strip()[:200]
    fields = {"revoked_at": document.revoked_at, "revoked_reason": document.revoked_reason}
    if not OfficialDocument.objects.filter(pk=document.pk, revoked_at=None).update(**fields):
        document.refresh_from_db()
        raise Refused(_("This document has been revoked already."))
    log(document, "kernel.paper.revoke", actor=actor, after={"number": document.number_text, "reason": document.revoked_reason})
    return document


@transaction.atomic
def remake(document: OfficialDocument, *, actor: Actor) -> Job:
    """Try again to make the files of a paper that has none yet. Number and data stay.

    Raises IllegalMove where the files are there already.
    """
    if document.state != PaperState.NUMBERED:
        move(document, PaperState.NUMBERED)
    log(document, "kernel.paper.remake", actor=actor, after={"number": document.number_text})
    return _render_later(document, actor)


@transaction.atomic
def forget_demo() -> int:
    """Delete the papers of the demonstration with their files, and count on from the last real number.

    A paper that a real record still refers to stays, as everything does that people made themselves.
    """
    gone = 0
    for document in OfficialDocument.objects.filter(is_demo=True).order_by("pk"):
        names = [name for name in (document.pdf, document.docx) if name]
        try:
            with transaction.atomic():
                document.delete()
        except models.ProtectedError:
            continue
        gone += 1
        for name in names:
            transaction.on_commit(partial(storages["private"].delete, name))
    recount()
    return gone


def render_paper(job: Job) -> None:
    """The job that makes the files. Safe to run twice: a paper that has its files keeps them."""
    document = OfficialDocument.objects.get(pk=job.arguments["paper"])
    if document.state != PaperState.NUMBERED:
        return
    jobs.progress(job, 0, 3, _("Laying out the document"))
    from hanlin.kernel.papers.produce import produce  # WeasyPrint loads system libraries: only the worker needs them

    try:
        files = produce(document)
    except (jobs.Cancelled, OSError, ValueError, LookupError, AttributeError, TypeError, RuntimeError):
        move(document, PaperState.FAILED)
        raise
    jobs.progress(job, 2, 3, _("Storing the files"))
    with transaction.atomic():
        move(document, PaperState.RENDERED, **files)
        log(document, "kernel.paper.render", actor=None, after={"number": document.number_text, "sha256": document.pdf_sha256})
    job.result_file, job.message = document.pdf, document.number_text
