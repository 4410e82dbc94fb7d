"""Finding papers: those about a row, and the one that a stranger asks about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _

from hanlin.kernel import formats
from hanlin.kernel.models import OfficialDocument
from hanlin.kernel.models.paper import CODE_LENGTH, CODE_LETTERS
from hanlin.kernel.papers.numbering import tidy_number
from hanlin.kernel.papers.registry import known_template
from hanlin.kernel.papers.words import as_moment

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class PublicField:
    """One line of the public page."""

    label: "StrOrPromise"
    value: str


def papers_about(row: models.Model, code: str = "") -> models.QuerySet[OfficialDocument]:
    """The papers issued about `row`, newest first; of one template where `code` is given."""
    papers = OfficialDocument.objects.filter(object_type=row._meta.label_lower, object_id=str(row.pk))
    return (papers.filter(template=code) if code else papers).order_by("-issued_at", "-pk")


def live_paper(row: models.Model, code: str) -> OfficialDocument | None:
    """The latest paper `code` about `row` that is not revoked."""
    return papers_about(row, code).filter(revoked_at=None).first()


def tidy_code(text: str) -> str:
    """A verification code as typed, without hyphens and spaces; empty where it cannot be one."""
    code = re.sub(r"[\s\-－—_]", "", text).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS) else ""


def by_code(code: str) -> OfficialDocument | None:
    tidy = tidy_code(code)
    return OfficialDocument.objects.filter(code=tidy).first() if tidy else None


def by_number(text: str) -> OfficialDocument | None:
    return OfficialDocument.objects.filter(number_text=tidy_number(text)[:60]).first()


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "、".join(_shown(item) for item in value)
    value = as_moment(value)
    if isinstance(value, datetime):
        return f"{formats.day(value, year=True)}{'' if formats.is_chinese() else ', '}{formats.clock(value)}"
    return formats.day(value, year=True) if isinstance(value, date) else str(value)


def masked(name: str) -> str:
    """顾昀 → 顾＊, 欧阳明日 → 欧＊＊＊: enough to compare with the paper in hand, not enough to collect names."""
    return name[:1] + "＊" * (len(name) - 1)


def public_fields(document: OfficialDocument, *, by_number_only: bool = False) -> Iterator[PublicField]:
    """What the public page says of a paper. Names are masked for those who do not hold the code."""
    template = known_template(document.template)
    if template is None:
        return
    for key, label in template.public_fields.items():
        value = _shown(document.public.get(key, ""))
        if value:
            hidden = by_number_only and key in template.personal_fields
            yield PublicField(label, masked(value) if hidden else value)
