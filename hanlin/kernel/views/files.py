"""Answering with a private file or a table: the caller has asked for permission already."""

from __future__ import annotations  # File and ContentFile take no brackets when the code runs

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.files.base import File
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.http import content_disposition_header

from hanlin.kernel.tables import csv_bytes, xlsx_bytes
from hanlin.kernel.uploads import open_private
from hanlin.kernel.uploads.kinds import CONTENT_TYPES

CHUNK = 64 * 1024
SHOWN = {
    "application/pdf",
    "image/png",
    "image/jpeg",
    "video/mp4",
    "text/vtt",
}  # the only kinds a browser may open in place
_RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")
# a browser's own PDF viewer does not start in a sandbox, so a PDF gets the same walls without it
_POLICY = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
)


def private_response(
    request: HttpRequest,
    name: str,
    filename: str,
    content_type: str,
    inline: bool = False,
) -> HttpResponseBase:
    """The stored file `name` under the name that the person knows, whole or the one range that was asked for.

    Stored files never change, so their name is their validator. Raises Http404 where the file is gone.
    """
    etag = f'"{hashlib.sha256(name.encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    try:
        file = open_private(name)
    except FileNotFoundError as error:
        raise Http404("file") from error
    size = file.size or 0
    asked = _RANGE.match(request.headers.get("Range", "")) if request.headers.get("If-Range", etag) == etag else None
    response = _part(file, asked, size, content_type) if asked else FileResponse(file, content_type=content_type)
    inline = inline and content_type in SHOWN
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = content_disposition_header(not inline, filename) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY if content_type == "application/pdf" and inline else f"{_POLICY}; sandbox"
    if not asked:
        response["Content-Length"] = str(size)
    return response


def _part(file: File[Any], asked: re.Match[str], size: int, content_type: str) -> HttpResponseBase:
    first, last = asked.groups()
    start = int(first) if first else max(size - int(last or 0), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end or (not first and not int(last or 0)):
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_bytes(file, start, end), status=206, content_type=content_type)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    return response


def _bytes(file: File[Any], start: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = end - start + 1
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


def export_response(
    filename: str, columns: Sequence[str | Promise], rows: Iterable[Sequence[Any]], *, kind: str = "xlsx"
) -> HttpResponse:
    """A table to take away: `filename` without ending, `kind` xlsx or csv. No cell of it acts as a formula."""
    content = csv_bytes(columns, rows) if kind == "csv" else xlsx_bytes(columns, rows)
    response = HttpResponse(content, content_type=CONTENT_TYPES["csv" if kind == "csv" else "xlsx"])
    response["Content-Disposition"] = content_disposition_header(True, f"{filename}.{'csv' if kind == 'csv' else 'xlsx'}") or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
