"""Which papers exist, and who may take their files. Upper rooms register theirs when the site starts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hanlin.kernel.enums import PaperKind
from hanlin.kernel.models.paper import OfficialDocument

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from hanlin.kernel.papers.docx import Draft

Access = Callable[[Any, OfficialDocument], bool]


@dataclass(frozen=True)
class PaperTemplate:
    """One paper as a room designed it. A change that alters the printed words raises `version`."""

    code: str
    version: int
    template: str
    kind: PaperKind
    series: str
    public_fields: "Mapping[str, StrOrPromise]"
    personal_fields: frozenset[str] = frozenset()
    docx: "Callable[[Draft], None] | None" = None
    name: "StrOrPromise" = field(default="")

    @property
    def label(self) -> "StrOrPromise":
        """What the public page calls such a paper."""
        return self.name or self.kind.label


_templates: dict[str, PaperTemplate] = {}
_access: dict[str, Access] = {}


def register_template(
    code: str,
    *,
    version: int,
    template: str,
    kind: str,
    series: str,
    public_fields: "Mapping[str, StrOrPromise]",
    personal_fields: frozenset[str] = frozenset(),
    docx: "Callable[[Draft], None] | None" = None,
    name: "StrOrPromise" = "",
) -> None:
    """Make the paper `code` (room.noun) known.

    `public_fields` maps keys of the data (or "title") to labels: these, and nothing else, are shown to whoever
    holds the verification code. Of them, `personal_fields` are masked for those who only know the number.
    `docx(draft)` writes the editable copy; None where the paper is not edited.
    """
    _templates[code] = PaperTemplate(
        code, version, template, PaperKind(kind), series, dict(public_fields), frozenset(personal_fields), docx, name
    )


def template_of(code: str) -> PaperTemplate:
    """The registered template; LookupError where a room forgot to register it."""
    try:
        return _templates[code]
    except KeyError:
        raise LookupError(f"no paper template {code!r} is registered") from None


def known_template(code: str) -> PaperTemplate | None:
    """As `template_of`, but None for a paper whose room has gone since it was issued."""
    return _templates.get(code)


def register_paper_access(code: str, predicate: Access) -> None:
    """Say who may open the files of `code`: `predicate(person, document)`. Without one, nobody may."""
    _access[code] = predicate


def may_open(person: Any, document: OfficialDocument) -> bool:
    """Deny by default: no log-in, no rule, no file."""
    if not getattr(person, "is_authenticated", False):
        return False
    predicate = _access.get(document.template)
    return predicate is not None and bool(predicate(person, document))
