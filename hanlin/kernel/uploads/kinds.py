"""What a file is: by its name, by its first bytes, and by what a browser is told."""

from collections.abc import Iterable

import filetype
from django.utils.translation import gettext as _

from hanlin.kernel.errors import Refused

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "csv": "text/csv",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "mp4": "video/mp4",
    "vtt": "text/vtt",
    "zip": "application/zip",
}
EXTENSIONS = {"jpg": "jpeg", **{kind: kind for kind in CONTENT_TYPES}}
OOXML = {"docx", "xlsx", "pptx"}
TEXT = {"csv", "vtt"}
HEAD = 8192  # bytes that settle what a file is
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the old office container, and the envelope of a file with a password
_MARKUP = (
    b"<svg",
    b"<html",
    b"<script",
    b"<!doctype",
    b"<?xml",
    b"<?php",
    b"<body",
    b"<iframe",
    b"#!/",
)


def names_of(kinds: Iterable[str]) -> str:
    """Kinds as a person reads them: PDF, DOCX, XLSX."""
    return _(", ").join(sorted(kind.upper() for kind in kinds))


def kind_by_name(name: str, kinds: Iterable[str]) -> str:
    """The kind that the extension claims. Raises Refused where it is not taken here."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    kind = EXTENSIONS.get(extension, "")
    if kind not in set(kinds):
        old = {"doc": "DOCX", "xls": "XLSX", "ppt": "PPTX"}.get(extension)
        if old:
            raise Refused(
                _("“%(name)s” is in an old office format. Open it, save it as %(kind)s, and upload it again.")
                % {"name": name, "kind": old}
            )
        raise Refused(
            _("“%(name)s” is not taken here. Upload a file of one of these kinds: %(kinds)s.")
            % {"name": name, "kinds": names_of(kinds)}
        )
    return kind


def refuse_false_extension(name: str, kind: str, head: bytes) -> None:
    """Compare the first bytes with the extension. Raises Refused where they disagree."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP) or (kind in TEXT and start.startswith(b"<")):
        raise Refused(
            _("“%(name)s” holds a web page, an SVG drawing or a script. Such files are never taken, whatever their name.")
            % {"name": name}
        )
    if head.startswith(OLE) and kind in OOXML:
        raise Refused(
            _("“%(name)s” is protected by a password or saved in an old format. Remove the password, save it again, and upload it.")
            % {"name": name}
        )
    if not _looks_like(kind, head):
        raise Refused(
            _(
                "“%(name)s” ends in .%(kind)s, but its content is something else. "
                "Open it in its own program, save it as %(upper)s, and upload that file."
            )
            % {"name": name, "kind": name.rpartition(".")[2], "upper": kind.upper()}
        )


def _looks_like(kind: str, head: bytes) -> bool:
    if kind == "pdf":
        return b"%PDF-" in head[:1024]
    if kind in OOXML or kind == "zip":
        return head.startswith(b"PK\x03\x04") or (kind == "zip" and head.startswith(b"PK\x05\x06"))
    if kind == "mp4":
        return head[4:8] == b"ftyp"
    if kind == "vtt":
        return head.lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT")
    if kind == "csv":
        return filetype.guess(head) is None and (b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff")))
    guess = filetype.guess(head)
    return guess is not None and guess.mime == CONTENT_TYPES[kind]
