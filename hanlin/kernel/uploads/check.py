"""One call that every upload goes through."""

from __future__ import annotations  # File and ContentFile take no brackets when the code runs

import hashlib
import os
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import IO, Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from django.core.files.base import File
from django.utils.translation import gettext as _

from hanlin.kernel.errors import Refused

from .archives import check_zip
from .kinds import CONTENT_TYPES, HEAD, OOXML, kind_by_name, refuse_false_extension
from .scanner import refuse_infected
from .secrets_guard import refuse_marked_content, refuse_marked_name

CHUNK = 1024 * 1024


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed. `file` stands at its start; a picture is already the remade one. Digests are of what is stored."""

    name: str
    kind: str
    content_type: str
    size: int
    sha256: str
    sm3: str  # empty where the machine's OpenSSL has no SM3
    file: File[Any]


def check_upload(file: File[Any], *, kinds: Collection[str], max_bytes: int) -> CheckedFile:
    """Look at an uploaded file: its name, its first bytes, its size, its inside, its words.

    `kinds` is out of pdf, docx, xlsx, pptx, csv, png, jpeg, mp4, vtt, zip. The first bytes come before
    the size, so that 50 MB of the wrong type is told so at once. Raises Refused with the way out.
    """
    name = _clean_name(file.name or "")
    kind = kind_by_name(name, kinds)
    refuse_marked_name(name)
    size = file.size or 0
    if not size:
        raise Refused(_("“%(name)s” is empty. Check that it was saved, and upload it again.") % {"name": name})
    file.seek(0)
    refuse_false_extension(name, kind, file.read(HEAD))
    if size > max_bytes:
        raise Refused(
            _("“%(name)s” has %(mb).1f MB; at most %(max)g MB are taken here. Make it smaller or split it.")
            % {"name": name, "mb": size / CHUNK, "max": round(max_bytes / CHUNK, 1)}
        )
    checked = _check_inside(file, name, kind, size)
    sha256, sm3 = digests(checked)
    checked.seek(0)
    return CheckedFile(name, kind, CONTENT_TYPES[kind], checked.size, sha256, sm3, checked)


def _check_inside(file: File[Any], name: str, kind: str, size: int) -> File[Any]:
    file.seek(0)
    refuse_infected(file, name)
    file.seek(0)
    if kind in OOXML or kind == "zip":
        check_zip(file, name, kind, size)
    elif kind in {"pdf", "png", "jpeg"}:
        from . import documents  # the PDF and picture libraries load when the first such file comes

        if kind != "pdf":
            return documents.remade_image(file, name, kind)
        documents.check_pdf(file, name)
    refuse_marked_content(file, name, kind)
    return file


def _clean_name(given: str) -> str:
    name = os.path.basename(given.replace("\\", "/")).strip()
    if any(unicodedata.category(letter) in {"Cc", "Cf"} for letter in name):
        raise Refused(_("The file's name holds invisible characters. Rename it and upload it again."))
    if not name or name.startswith(".") or len(name) > 150:
        raise Refused(_("The file's name is missing or longer than 150 characters. Rename it and upload it again."))
    return unicodedata.normalize("NFC", name)


def digests(file: IO[bytes] | File[Any]) -> tuple[str, str]:
    """SHA-256 and SM3 of a file read from its start, in hexadecimal."""
    file.seek(0)
    sha256 = hashlib.sha256()
    try:
        sm3: hashes.Hash | None = hashes.Hash(hashes.SM3())
    except UnsupportedAlgorithm:
        sm3 = None
    while chunk := file.read(CHUNK):
        sha256.update(chunk)
        if sm3 is not None:
            sm3.update(chunk)
    return sha256.hexdigest(), sm3.finalize().hex() if sm3 is not None else ""
