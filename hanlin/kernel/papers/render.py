"""One paper as PDF/A-3b, laid out by WeasyPrint in the geometry of GB/T 9704-2012 (templates/papers/gongwen.css).

The same document gives the same bytes: identifier and times come from the row, never from the clock.
"""

import hashlib
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from hanlin.kernel.models import OfficialDocument
from hanlin.kernel.papers.fonts import face_rules, faces
from hanlin.kernel.papers.qr import qr_data_uri, verify_url
from hanlin.kernel.papers.registry import template_of

CHARACTERS, ROWS = 28, 22  # of a full page
MARK_POINTS, CHARACTER_MM, POINT_MM = 60, 156 / CHARACTERS, 25.4 / 72


def mark_size(name: str) -> float:
    """Type size in points at which the issuer's name stays on one line of the type area, at most 60."""
    return round(min(MARK_POINTS, 156 / POINT_MM / max(len(name), 1) * 0.98), 1)


def paper_context(document: OfficialDocument) -> dict[str, Any]:
    """What every paper template reads."""
    address = verify_url(document)
    return {
        "paper": document,
        "data": document.data,
        "number": document.number_text,
        "issuer": document.issuer_name,
        "mark": document.data.get("mark") or document.issuer_name,
        "title": document.title,
        "issued_on": document.issued_on,
        "verify_url": address,
        "qr": qr_data_uri(address),
        "demo": document.is_demo,
    }


def html_of(document: OfficialDocument) -> str:
    """The paper as HTML: always in Simplified Chinese, whatever language the person reads the site in."""
    context = paper_context(document)
    context["mark_size"] = mark_size(context["mark"])
    with translation.override("zh-hans"):
        return render_to_string(template_of(document.template).template, context)


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    allowed = {path.as_uri() for path in faces().values()}

    class Closed(URLFetcher):  # type: ignore[misc]
        """Fonts and pictures inside the document; a paper never opens the network or another file."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if url not in allowed and not url.startswith("data:"):
                raise ValueError(f"a paper may not load {url[:60]}")
            return super().fetch(url, headers)

    return Closed()


def pdf_of(document: OfficialDocument) -> bytes:
    """The paper as tagged PDF/A-3b, not yet signed."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetcher = FontConfiguration(), _fetcher()
    html = HTML(string=html_of(document), url_fetcher=fetcher, base_url="about:blank")
    rules = CSS(string=face_rules(), font_config=fonts, url_fetcher=fetcher)
    at = timezone.localtime(document.issued_at).isoformat(timespec="seconds")
    laid_out = html.render(stylesheets=[rules], font_config=fonts, pdf_variant="pdf/a-3b", pdf_tags=True)
    laid_out.metadata.created = laid_out.metadata.modified = at
    laid_out.metadata.title = document.title
    laid_out.metadata.authors = [document.issuer_name]
    identifier = hashlib.md5(f"{document.code} {document.template_version}".encode(), usedforsecurity=False).digest()
    return bytes(laid_out.write_pdf(pdf_identifier=identifier, pdf_variant="pdf/a-3b", pdf_tags=True))
