"""One paper as PDF/A-3b, laid out by WeasyPrint in the geometry of GB/T 9704-2012 (templates/papers/gongwen.css).

The same document gives the same bytes: identifier and times come from the row, never from the clock.
"""

import hashlib
import re
from html import unescape
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from hanlin.kernel.models import OfficialDocument
from hanlin.kernel.papers.fonts import face_rules, missing_glyphs
from hanlin.kernel.papers.qr import qr_data_uri, verify_url
from hanlin.kernel.papers.registry import template_of

CHARACTERS, ROWS = 28, 22  # of a full page
MARK_POINTS, POINT_MM = 60, 25.4 / 72
FACES = "/* faces */"  # where a template wants its @font-face rules
_HEAVY = re.compile(r"<(\w+)[^>]*class=\"[^\"]*\b(?:issuer-mark|title|heavy)\b[^\"]*\"[^>]*>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<style>.*?</style>|<[^>]+>", re.DOTALL)


def mark_size(name: str) -> float:
    """Type size in points at which the issuer's name stays on one line of the type area, at most 60."""
    return round(min(MARK_POINTS, 156 / POINT_MM / max(len(name), 1) * 0.98), 1)


def paper_context(document: OfficialDocument) -> dict[str, Any]:
    """What every paper template reads."""
    address = verify_url(document)
    mark = document.data.get("mark") or document.issuer_name
    return {
        "paper": document,
        "data": document.data,
        "number": document.number_text,
        "issuer": document.issuer_name,
        "mark": mark,
        "mark_size": mark_size(mark),
        "title": document.title,
        "issued_on": document.issued_on,
        "verify_url": address,
        "qr": qr_data_uri(address),
        "demo": document.is_demo,
    }


def html_of(document: OfficialDocument) -> str:
    """The paper as HTML: always in Simplified Chinese, whatever language the person reads the site in."""
    with translation.override("zh-hans"):
        return render_to_string(template_of(document.template).template, paper_context(document))


def _words(html: str) -> str:
    return unescape(_TAG.sub("", html))


def _fetcher(allowed: set[str]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Closed(URLFetcher):
        """Fonts and pictures inside the document; a paper never opens the network or another file."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if url not in allowed and not url.startswith("data:"):
                raise ValueError(f"a paper may not load {url[:60]}")
            return super().fetch(url, headers)

    return Closed()


def pdf_of(document: OfficialDocument) -> bytes:
    """The paper as tagged PDF/A-3b, not yet signed. ValueError where a character has no glyph in our faces."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    html = html_of(document)
    if missing := missing_glyphs(_words(html)):
        raise ValueError(f"no face has {sorted(missing)}")
    rules, allowed = face_rules("".join(_words(found[1]) for found in _HEAVY.findall(html)))
    page = HTML(string=html.replace(FACES, rules), url_fetcher=_fetcher(allowed), base_url="about:blank")
    options: dict[str, Any] = {"pdf_variant": "pdf/a-3b", "pdf_tags": True}
    laid_out = page.render(font_config=FontConfiguration(), **options)
    at = timezone.localtime(document.issued_at).isoformat(timespec="seconds")
    laid_out.metadata.created = laid_out.metadata.modified = at
    laid_out.metadata.title, laid_out.metadata.authors = document.title, [document.issuer_name]
    identifier = hashlib.md5(f"{document.code} {document.template_version}".encode(), usedforsecurity=False).digest()
    return bytes(laid_out.write_pdf(pdf_identifier=identifier, **options))
