"""From a numbered document to its stored files: lay out, sign, digest, store."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from hanlin.kernel.models import OfficialDocument
from hanlin.kernel.papers.digests import digests
from hanlin.kernel.papers.registry import template_of
from hanlin.kernel.papers.render import pdf_of
from hanlin.kernel.papers.sign import sign


def produce(document: OfficialDocument) -> dict[str, Any]:
    """Make and store the files of `document`; returns the fields to write with its move to rendered."""
    signed, signature = sign(pdf_of(document), document, at=timezone.now())
    fields: dict[str, Any] = {"signature": signature, **_stored(document, "pdf", signed)}
    if write := template_of(document.template).docx:
        from hanlin.kernel.papers.docx import Draft

        draft = Draft(document)
        write(draft)
        fields |= _stored(document, "docx", draft.to_bytes())
    return fields


def _stored(document: OfficialDocument, kind: str, content: bytes) -> dict[str, str]:
    name = storages["private"].save(f"papers/{document.year}/{document.pk}-{document.code}.{kind}", ContentFile(content))
    made = digests(content)
    return {kind: name, f"{kind}_sha256": made.sha256, f"{kind}_sm3": made.sm3}
