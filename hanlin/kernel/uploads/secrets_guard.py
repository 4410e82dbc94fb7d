"""The scope guard: this is a system for unclassified work, so a marked document must not even be stored."""

import re
import zipfile
from typing import IO

from django.utils.translation import gettext as _

from hanlin.kernel.errors import Refused

# GB/T 9704-2012, 7.2.2: level, star, period. The words alone are everyday ones (商业秘密, 保守国家秘密法).
_MARK = re.compile(r"(?:绝密|机密|秘密)\s*[★☆]|[★☆]\s*(?:绝密|机密|秘密)")
_MARKED_NAME = re.compile(r"^\s*[\[【（(《<]?\s*(?:绝密|机密|秘密)\s*(?:[\]】）)》>★☆\-—_·.:：\s]|$|级|件|文件|材料)")
_TAG = re.compile(rb"<[^>]{0,2000}>")
_READ_AT_MOST = 4 * 1024 * 1024


def refuse_marked_name(name: str) -> None:
    """Raises Refused where the name itself carries a classification mark."""
    stem = name.rpartition(".")[0] or name
    if _MARK.search(stem) or _MARKED_NAME.match(stem):
        raise Refused(_warning(name))


def refuse_marked_content(file: IO[bytes], name: str, kind: str) -> None:
    """Raises Refused where the text carries a classification mark such as 机密★1年. Pictures and video are not read."""
    file.seek(0)
    if kind in {"docx", "pptx", "xlsx"}:
        text = _office_text(file)
    elif kind in {"csv", "vtt"}:
        raw = file.read(_READ_AT_MOST)
        text = raw.decode("utf-8", "replace") + raw.decode("gb18030", "replace")
    elif kind == "pdf":
        text = _pdf_text(file)
    else:
        return
    if _MARK.search(text):
        raise Refused(_warning(name))


def _warning(name: str) -> str:
    return _(
        "“%(name)s” carries a classification mark. This is an unclassified system: "
        "classified information must never be uploaded here. "
        "Handle the document by the rules for classified material; nothing of it was stored."
    ) % {"name": name}


def _office_text(file: IO[bytes]) -> str:
    found: list[bytes] = []
    left = _READ_AT_MOST
    with zipfile.ZipFile(file) as archive:
        for entry in archive.infolist():
            path = entry.filename.lower()
            if (
                left > 0
                and path.endswith(".xml")
                and path.startswith(("word/", "ppt/slides/", "xl/sharedstrings", "xl/worksheets/"))
            ):
                with archive.open(entry) as stream:
                    found.append(_TAG.sub(b"", stream.read(left)))
                left -= len(found[-1])
    return b"\n".join(found).decode("utf-8", "replace")


def _pdf_text(file: IO[bytes]) -> str:
    """The first three pages: the mark stands at the top left of the first page of the body."""
    from pypdf import PdfReader  # slow to import, and only PDF needs it
    from pypdf.errors import PyPdfError

    try:
        return "\n".join(page.extract_text() or "" for page in PdfReader(file).pages[:3])
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
    ):
        return ""  # text that cannot be had cannot be judged; the structure was checked already
