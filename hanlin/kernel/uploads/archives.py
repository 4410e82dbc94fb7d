"""ZIP containers, and the office files that are ZIP containers: bombs, tricks and passwords are refused."""

import io
import re
import zipfile
import zlib
from typing import IO

from django.utils.translation import gettext as _

from hanlin.kernel.errors import Refused

from .kinds import OOXML

MAX_ENTRIES = 5000
MAX_TOTAL = 1024 * 1024 * 1024
MAX_RATIO = 120  # deflate of honest office files stays far below
RATIO_FROM = 1024 * 1024  # small entries may shrink as they like
_ARCHIVES = (
    ".zip",
    ".7z",
    ".rar",
    ".gz",
    ".bz2",
    ".xz",
    ".tar",
    ".tgz",
    ".jar",
    ".iso",
    ".cab",
)
_ACTIVE = (
    ".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".msi", ".lnk",
    ".sh", ".php", ".jsp", ".asp", ".aspx", ".svg", ".svgz", ".html", ".htm", ".xhtml", ".mht", ".docm", ".xlsm", ".pptm",
)  # fmt: skip
_MAIN_PARTS = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
    "pptx": b"presentationml.presentation.main+xml",
}


def check_zip(file: IO[bytes], name: str, kind: str, size: int) -> None:
    """Look into a container without unpacking it to disk. Raises Refused."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_sizes(entries, name, size)
            _check_names(entries, name, kind)
            if kind in OOXML:
                _check_office(archive, name, kind)
            _read_through(archive, entries, name, kind)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,
    ) as error:
        raise Refused(
            _("“%(name)s” is damaged and cannot be opened. Save it again and upload the new copy.") % {"name": name}
        ) from error


def _check_sizes(entries: list[zipfile.ZipInfo], name: str, size: int) -> None:
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    swollen = any(e.file_size > RATIO_FROM and e.file_size > MAX_RATIO * max(e.compress_size, 1) for e in entries)
    if len(entries) > MAX_ENTRIES or total > MAX_TOTAL or swollen or packed > size:
        raise Refused(
            _("“%(name)s” would unpack to far more than it seems (%(count)d files, %(mb)d MB). Upload the documents one by one.")
            % {"name": name, "count": len(entries), "mb": total // 1024**2}
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(_("“%(name)s” is protected by a password. Remove the password and upload it again.") % {"name": name})


def _check_names(entries: list[zipfile.ZipInfo], name: str, kind: str) -> None:
    for entry in entries:
        path = entry.filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or re.match(r"^[A-Za-z]:", path) or re.search(r"[\x00-\x1f]", path):
            raise Refused(_("“%(name)s” holds a file with an unsafe path. Pack it again from a plain folder.") % {"name": name})
        lower = path.lower()
        if lower.endswith("vbaproject.bin"):
            raise Refused(_("“%(name)s” holds macros. Save it without macros and upload it again.") % {"name": name})
        if kind == "zip" and lower.endswith(_ARCHIVES):
            raise Refused(
                _("“%(name)s” holds another archive, “%(inner)s”. Unpack it first and pack the documents alone.")
                % {"name": name, "inner": path}
            )
        if kind == "zip" and lower.endswith(_ACTIVE):
            raise Refused(
                _("“%(name)s” holds a program or a web page, “%(inner)s”. Take it out and pack the documents alone.")
                % {"name": name, "inner": path}
            )


def _check_office(archive: zipfile.ZipFile, name: str, kind: str) -> None:
    try:
        content_types = archive.read("[Content_Types].xml")
    except KeyError:
        content_types = b""
    if b"macroEnabled" in content_types:
        raise Refused(_("“%(name)s” holds macros. Save it without macros and upload it again.") % {"name": name})
    if _MAIN_PARTS[kind] not in content_types:
        raise Refused(
            _(
                "“%(name)s” ends in .%(kind)s, but its content is something else. "
                "Open it in its own program, save it as %(upper)s, and upload that file."
            )
            % {"name": name, "kind": kind, "upper": kind.upper()}
        )


def _read_through(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str, kind: str) -> None:
    """Unpack every entry into nothing: a false size or check sum shows itself here; office files inside are looked into."""
    for entry in entries:
        inner = entry.filename.rpartition(".")[2].lower()
        if kind == "zip" and inner in OOXML:
            content = archive.read(entry)
            check_zip(io.BytesIO(content), entry.filename, inner, len(content))
            continue
        with archive.open(entry) as stream:
            while stream.read(1024 * 1024):
                pass
