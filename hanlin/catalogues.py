"""Translations: strings out of code and templates, Simplified by hand, Traditional by OpenCC, compiled without gettext."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from hanlin.kernel.text import to_traditional

KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
ROOMS = {
    "courses": "courses", "committees": "committees", "projects": "projects",
    "hanlin/kernel": "kernel", "hanlin/people": "people", "hanlin/records": "records",
    "hanlin/talent": "talent", "hanlin/pages": "pages",
}  # fmt: skip

ALSO = {"hanlin/people": ("account", "mfa", "socialaccount", "usersessions")}  # folders whose names are the log-in package's


def folders(room: str) -> list[Path]:
    """The folders of templates that are a room's."""
    return [settings.BASE_DIR / "templates" / name for name in (ROOMS[room], *ALSO.get(room, ()))]


def sources(room: str) -> Iterator[Path]:
    """The files whose strings belong to a room; "hanlin" is the roof: everything that is nobody else's."""
    base = settings.BASE_DIR
    if room == "hanlin":
        yield from sorted((base / "hanlin").glob("*.py"))
        yield from sorted((base / "hanlin" / "management").rglob("*.py"))
        theirs = {folder for room in ROOMS for folder in folders(room)}
        yield from (p for p in sorted((base / "templates").rglob("*.*")) if not theirs & set(p.parents))
        return
    yield from (p for p in sorted((base / room).rglob("*.py")) if "migrations" not in p.parts)
    for folder in folders(room):
        yield from sorted(folder.rglob("*.*")) if folder.is_dir() else ()


def extracted(room: str) -> Catalog:
    """All strings of a room with the places where they stand."""
    catalogue = Catalog(fuzzy=False)
    for path in sources(room):
        if path.suffix not in {".py", ".html", ".txt"}:
            continue
        text = path.read_text()
        # within brackets Python's tokenizer minds no indentation, of which HTML has its own
        code = text if path.suffix == ".py" else f"({templatize(text)})"
        name = path.relative_to(settings.BASE_DIR).as_posix()
        for _line, message, _comments, context in extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS):
            catalogue.add(message, locations=[(name, 0)], context=context)
    return catalogue


def po_path(room: str, language: str) -> Path:
    """Where a room keeps the strings of a language (zh_Hans, zh_Hant)."""
    return settings.BASE_DIR / room / "locale" / language / "LC_MESSAGES" / "django.po"


def load(room: str, language: str) -> Catalog:
    """A room's catalogue as it stands; empty where there is none."""
    path = po_path(room, language)
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def merged(room: str) -> Catalog:
    """The Simplified catalogue with just the strings that the room has now, translations kept.

    The roof also keeps its entries without a place in our code: they overlay other packages' catalogues.
    """
    was, now = load(room, "zh_Hans"), extracted(room)
    result = Catalog(locale="zh_Hans", fuzzy=False, charset="utf-8")
    for message in now:
        if not message.id:
            continue
        old = was.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        words = old.string if old else ""
        if isinstance(message.id, tuple | list):
            one = words if isinstance(words, str) else (words[0] if words else "")
            words = (one,)
        elif not isinstance(words, str):
            words = words[0] if words else ""
        result.add(message.id, words, locations=message.locations, context=message.context, flags=message.flags - {"fuzzy"})
    for old in was:
        if room == "hanlin" and old.id and "overlay" in old.auto_comments and result.get(_first(old.id), old.context) is None:
            result.add(old.id, old.string, auto_comments=["overlay"], context=old.context)
    return result


def _first(message_id: Any) -> str:
    """The singular of a message's id, which babel keeps as a string or as a pair."""
    return str(message_id if isinstance(message_id, str) else message_id[0])


def missing(room: str) -> list[str]:
    """Strings that have no Simplified Chinese yet."""
    return [_first(m.id) for m in merged(room) if m.id and not any(m.string if isinstance(m.string, tuple | list) else [m.string])]


def traditional(catalogue: Catalog) -> Catalog:
    """The same catalogue in Traditional characters."""
    result = Catalog(locale="zh_Hant", fuzzy=False, charset="utf-8")
    for message in catalogue:
        if message.id:
            words = message.string
            words = to_traditional(words) if isinstance(words, str) else tuple(to_traditional(word) for word in words or ())
            result.add(
                message.id, words, locations=message.locations, context=message.context,
                flags=message.flags, auto_comments=message.auto_comments,
            )  # fmt: skip
    return result


def save(room: str, language: str, catalogue: Catalog) -> None:
    """Write a .po file, sorted and without line numbers, so that changes stay readable."""
    path = po_path(room, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalogue, sort_output=True, omit_header=False, include_lineno=False, width=120)
    lines = [line for line in buffer.getvalue().decode().splitlines() if not line.startswith(('"POT-Creation', '"PO-Revision'))]
    text = "\n".join(lines) + "\n"
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def compile_all(room: str) -> None:
    """Make the .mo files of a room where the .po is newer."""
    for language in ("zh_Hans", "zh_Hant"):
        po = po_path(room, language)
        mo = po.with_suffix(".mo")
        if po.exists() and (not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime):
            with mo.open("wb") as file:
                write_mo(file, load(room, language))
