"""The editable copy of a paper as .docx, in the same geometry, from the same data.

It names the faces that office machines have (仿宋_GB2312, 方正小标宋简体, 楷体_GB2312, 黑体); nothing is embedded.
"""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from hanlin.kernel.models import OfficialDocument
from hanlin.kernel.papers.render import mark_size
from hanlin.kernel.papers.words import level, zh_date

FANG, SONG, KAI, HEI, PLAIN = "仿宋_GB2312", "方正小标宋简体", "楷体_GB2312", "黑体", "宋体"
ROW = Pt(28.95)  # 225 mm / 22 rows
EM = Pt(16)
RED = RGBColor(0xE6, 0x00, 0x12)


class Draft:
    """One .docx being written, from top to bottom; `data` is the paper's frozen data."""

    def __init__(self, document: OfficialDocument) -> None:
        self.paper, self.data = document, document.data
        self.file = Document()
        self._page()
        self._style()

    def _page(self) -> None:
        section = self.file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.left_margin = Mm(37), Mm(28)
        section.bottom_margin, section.right_margin = Mm(35), Mm(26)
        section.footer_distance = Mm(25)
        grid = OxmlElement("w:docGrid")
        grid.set(qn("w:type"), "linesAndChars")
        grid.set(qn("w:linePitch"), "579")
        grid.set(qn("w:charSpace"), "-849")  # 15.79 pt of pitch for 16 pt characters, in 1/4096 pt
        for old in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(old)
        section._sectPr.append(grid)
        self.file.settings.odd_and_even_pages_header_footer = True
        self._page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
        self._page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)

    def _page_number(self, footer: Any, side: WD_ALIGN_PARAGRAPH) -> None:
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        edge = "right_indent" if side == WD_ALIGN_PARAGRAPH.RIGHT else "left_indent"
        setattr(paragraph.paragraph_format, edge, Pt(14))
        _run(paragraph, "— ", PLAIN, 14)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)
        _run(paragraph, " —", PLAIN, 14)

    def _style(self) -> None:
        style = self.file.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", Pt(16)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)
        shape = style.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, ROW
        shape.widow_control = False

    def line(self, text: str = "", *, face: str = FANG, size: float = 16, indent: float = 0, align: str = "justify") -> Any:
        """One paragraph; `indent` in characters."""
        paragraph = self.file.add_paragraph()
        paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
        if indent:
            paragraph.paragraph_format.first_line_indent = EM * indent
        _run(paragraph, text, face, size)
        return paragraph

    def head(self) -> None:
        """Issuer's mark, number, red rule, title, main recipient."""
        mark = self.data.get("mark") or self.paper.issuer_name
        paragraph = self.line(mark, face=SONG, size=mark_size(mark), align="center")
        paragraph.runs[0].font.color.rgb = RED
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        self.line()
        self.line()
        _red_rule(self.line(self.paper.number_text, align="center"))
        self.line()
        self.line()
        self.line(self.paper.title, face=SONG, size=22, align="center").paragraph_format.line_spacing = Pt(34)
        self.line()
        if to := self.data.get("to"):
            self.line(f"{to}：")

    def text(self, paragraphs: list[str]) -> None:
        """Body text; 一、 in 黑体 and （一） in 楷体 as in the PDF."""
        for paragraph in paragraphs:
            self.line(paragraph, face={1: HEI, 2: KAI}.get(level(paragraph), FANG), indent=2)

    def table(self, columns: list[str], rows: list[list[Any]]) -> None:
        """A plain ruled table with a repeated head."""
        table = self.file.add_table(rows=1, cols=len(columns), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, columns, strict=True):
            _cell(cell, text, HEI)
        repeat = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeat)
        for row in rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                _cell(cell, str(value), FANG)

    def close(self) -> None:
        """Attachments, issuer, date."""
        for index, name in enumerate(self.data.get("attachments", []), 1):
            if index == 1:
                self.line()
            lead = "附件：" if index == 1 else "　　　"
            count = f"{index}．" if len(self.data["attachments"]) > 1 else ""
            self.line(f"{lead}{count}{name}", indent=2)
        self.line()
        issuer, day = self.paper.issuer_name, zh_date(self.paper.issued_on)
        signed = self.line(issuer, align="right")
        signed.paragraph_format.right_indent = EM * max(2, 4 - len(issuer) + _width(day))
        dated = self.line(day, align="right")
        dated.paragraph_format.right_indent = EM * max(2, len(issuer) - _width(day))
        if self.paper.is_demo:
            self.line("（示例：演示数据，不具有任何效力）", align="left", indent=2)

    def letter(self) -> None:
        """A whole notice or letter from data keys to, body, attachments."""
        self.head()
        self.text(self.data.get("body", []))
        self.close()

    def to_bytes(self) -> bytes:
        """The file; its properties name the issuer, not this machine."""
        core = self.file.core_properties
        core.author, core.title, core.comments = self.paper.issuer_name, self.paper.title, ""
        core.created = core.modified = self.paper.issued_at.replace(tzinfo=None)
        output = BytesIO()
        self.file.save(output)
        return output.getvalue()


def letter(draft: Draft) -> None:
    """The `docx=` of a template whose whole content is to, body, attachments."""
    draft.letter()


def _run(paragraph: Any, text: str, face: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _cell(cell: Any, text: str, face: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    _run(paragraph, text, face, 12)


def _red_rule(paragraph: Any) -> None:
    edge = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "11"), ("color", "E60012")):
        line.set(qn(f"w:{name}"), value)
    edge.append(line)
    paragraph._p.get_or_add_pPr().append(edge)


def _width(text: str) -> int:
    return round(sum(1 if ord(character) > 0x2E7F else 0.5 for character in text))
