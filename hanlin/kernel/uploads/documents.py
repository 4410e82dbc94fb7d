"""PDF files that act by themselves, and pictures made anew from their pixels."""

from __future__ import annotations  # File and ContentFile take no brackets when the code runs

import io
from typing import IO, Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject

from hanlin.kernel.errors import Refused

MAX_PIXELS = 50_000_000
MAX_OBJECTS = 60_000
_ACTS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"}


def check_pdf(file: IO[bytes], name: str) -> None:
    """Raises Refused for a damaged file, a password, a script, a program to launch, or files tucked inside."""
    try:
        reader = PdfReader(file)
        locked = reader.is_encrypted and not reader.decrypt("")
        if not locked:
            acts = _active_part(reader)
            len(reader.pages)
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        NotImplementedError,
    ) as error:
        raise Refused(
            _("“%(name)s” is damaged and cannot be opened. Save it again and upload the new copy.") % {"name": name}
        ) from error
    if locked:
        raise Refused(_("“%(name)s” is protected by a password. Remove the password and upload it again.") % {"name": name})
    if acts:
        raise Refused(
            _("“%(name)s” runs a script or starts a program when opened. Print it to a new PDF and upload that one.")
            % {"name": name}
        )


def _active_part(reader: PdfReader) -> bool:
    """Every object that the file's table names is looked at once; a page of a scan is one object, so this stays cheap."""
    names = reader.root_object.get("/Names")
    if names is not None and "/JavaScript" in names.get_object():
        return True
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    return any(_acts(reader.get_object(IndirectObject(number, 0, reader))) for number in sorted(numbers)[:MAX_OBJECTS] if number)


def _acts(value: Any, depth: int = 0) -> bool:
    if not isinstance(value, DictionaryObject) or depth > 3:
        return False
    if value.get("/S") in _ACTS or "/JS" in value:
        return True
    return any(_acts(item, depth + 1) for item in value.values() if isinstance(item, DictionaryObject))


def remade_image(file: IO[bytes], name: str, kind: str) -> ContentFile[bytes]:
    """The same picture drawn anew: nothing but its pixels remains (no location, no hidden tail). Raises Refused."""
    try:
        with Image.open(file, formats=[kind.upper()]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Refused(
                    _("“%(name)s” is larger than 50 million pixels. Make it smaller and upload it again.") % {"name": name}
                )
            upright = ImageOps.exif_transpose(picture)
            out = io.BytesIO()
            if kind == "jpeg":
                upright.convert("RGB").save(out, "JPEG", quality=88)
            else:
                upright.convert("RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB").save(out, "PNG")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as error:
        raise Refused(
            _("“%(name)s” is damaged and cannot be opened. Save it again and upload the new copy.") % {"name": name}
        ) from error
    return ContentFile(out.getvalue(), name=name)
