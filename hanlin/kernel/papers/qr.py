"""The QR code that leads from paper to the public verification page."""

import segno
from django.conf import settings
from django.urls import reverse

from hanlin.kernel.models import OfficialDocument


def verify_url(document: OfficialDocument) -> str:
    """The full public address that a stranger's phone opens."""
    return str(settings.PUBLIC_URL).rstrip("/") + reverse("kernel:verify_paper", args=[document.code])


def qr_data_uri(text: str) -> str:
    """An SVG picture inside the document itself: nothing is fetched while a paper is laid out."""
    return str(segno.make(text, error="m", micro=False).svg_data_uri(border=2, dark="#000", light="#fff", omitsize=True))
