"""The text of a .csv: UTF-8 or GB18030, never a mixture of both."""

import re

from django.utils.translation import gettext as _

from hanlin.kernel.errors import Refused

_HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def decode_table(raw: bytes) -> str:
    """The text of a table, whatever office program wrote it. Raises Refused for a mixture, naming two lines."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(raw, "utf-16")
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
    if b"\x00" in raw:
        raise Refused(_("The .csv file holds bytes that are not text. Save it again as .xlsx or as CSV UTF-8."))
    _refuse_mixture(raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(raw, "gb18030")


def _strict(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Refused(
            _("Line %(line)d of the .csv file is written in an unknown encoding. Save it again as .xlsx or as CSV UTF-8.")
            % {"line": line}
        ) from error


def _refuse_mixture(raw: bytes) -> None:
    """Judge each line alone: one that is surely UTF-8 and one that surely is not make a mixture."""
    utf8 = other = 0
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if line.isascii():
            continue
        try:
            surely = _HAN.search(line.decode("utf-8")) is not None
        except UnicodeDecodeError:
            other = other or number
        else:
            utf8 = utf8 or (number if surely else 0)
        if utf8 and other:
            raise Refused(
                _(
                    "The .csv file mixes two encodings: line %(one)d is UTF-8, line %(two)d is not (perhaps GB18030). "
                    "Open it, mend the unreadable rows, and save it as .xlsx or as CSV UTF-8."
                )
                % {"one": utf8, "two": other}
            )
