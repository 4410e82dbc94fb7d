"""Taking the words out of a filed paper, in the background, for search and for comparing versions."""

from django.utils import timezone
from django.utils.translation import gettext as _
from docx import Document as Docx
from docx.opc.exceptions import PackageNotFoundError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from hanlin.kernel.domain.jobs import progress
from hanlin.kernel.models import Job
from hanlin.kernel.uploads import open_private
from projects.models import DocumentVersion

MOST = 1_000_000  # characters kept of one paper


def read_text(job: Job) -> None:
    """The job: text and number of pages of a version. A paper that cannot be read stays filed and says so."""
    version = DocumentVersion.objects.get(pk=job.arguments["version"])
    text, pages, error = "", None, ""
    try:
        with open_private(version.file) as file:
            if version.content_type == "application/pdf":
                text, pages = _pdf(job, PdfReader(file))
            elif version.file_name.lower().endswith(".docx"):
                text = "\n".join(paragraph.text for paragraph in Docx(file).paragraphs)
    except (PyPdfError, PackageNotFoundError, KeyError, ValueError) as problem:
        error = _("The words of this file could not be read (%(why)s). It is filed all the same.") % {"why": type(problem).__name__}
    DocumentVersion.objects.filter(pk=version.pk).update(
        text=text[:MOST], pages=pages, text_error=error[:200], read_at=timezone.now()
    )
    job.message = error or _("%(count)d characters read") % {"count": len(text)}


def _pdf(job: Job, reader: PdfReader) -> tuple[str, int]:
    pages = []
    for number, page in enumerate(reader.pages, start=1):
        pages.append(page.extract_text())
        if number % 20 == 0:
            progress(job, number, len(reader.pages))
    return "\f".join(pages), len(pages)  # a form feed between pages: comparison can name the page
