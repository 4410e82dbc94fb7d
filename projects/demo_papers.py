"""Small real papers for the demonstration's dossiers: laid out as PDF, or written as .docx."""

import io
from html import escape

from django.core.files.base import ContentFile
from docx import Document as Docx

from hanlin.kernel.papers.fonts import faces

PAGE = "\n---\n"
STYLE = "@page{size:A4;margin:30mm}body{font:14pt/1.9 'Paper'}h1{font-size:18pt;text-align:center}section{break-after:page}"


def pdf(title: str, text: str) -> ContentFile[bytes]:
    """A few pages of text as PDF, in the face that papers are set in."""
    from weasyprint import HTML  # loads system libraries: only the demonstration needs them here
    from weasyprint.text.fonts import FontConfiguration

    face = faces()["Hanlin Serif"].as_uri()
    pages = "".join(
        "<section>" + "".join(f"<p>{escape(line)}</p>" for line in page.splitlines()) + "</section>" for page in text.split(PAGE)
    )
    html = f"<style>@font-face{{font-family:Paper;src:url({face})}}{STYLE}</style><h1>{escape(title)}（示例）</h1>{pages}"
    return ContentFile(HTML(string=html).write_pdf(font_config=FontConfiguration()), name=f"{title}.pdf")


def docx(title: str, text: str) -> ContentFile[bytes]:
    """The same as a Word file; page marks become page breaks."""
    file, out = Docx(), io.BytesIO()
    file.add_heading(f"{title}（示例）", 0)
    for place, page in enumerate(text.split(PAGE)):
        if place:
            file.add_page_break()
        for line in page.splitlines():
            file.add_paragraph(line)
    file.save(out)
    return ContentFile(out.getvalue(), name=f"{title}.docx")
