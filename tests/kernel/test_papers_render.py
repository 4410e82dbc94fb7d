"""What a paper looks like, measured in the PDF itself, and whether its signature holds."""

import io
import subprocess
import sys
from datetime import UTC, datetime
from zipfile import ZipFile

import pdfplumber
import pytest
from docx import Document
from docx.oxml.ns import qn
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from hanlin.kernel.papers import fonts, sign
from hanlin.kernel.papers.docx import Draft, letter
from hanlin.kernel.papers.render import html_of, mark_size, pdf_of
from hanlin.kernel.papers.words import level, title_lines, zh_date
from tests.factories import papers as factory

pytestmark = pytest.mark.django_db
MM = 72 / 25.4
LONG = "经专家组审阅材料听取汇报质询讨论认为该项目建设必要目标明确技术路线总体可行投资估算依据充分" * 40


@pytest.fixture(scope="module")
def laid_out():
    return {}


def render(monkeypatch, pdfs, name, kind="notice", **fields):
    """One layout per module and name: each takes a second."""
    if name not in pdfs:
        template = fields.pop("template", f"papers/{kind}.html")
        factory.register(monkeypatch, kind=kind, template=template)
        pdfs[name] = pdf_of(factory.issue(**fields))
    return pdfplumber.open(io.BytesIO(pdfs[name]))


@pytest.fixture
def long_notice(monkeypatch, laid_out):
    return render(monkeypatch, laid_out, "long", data={"to": "示例省数据局", "body": [LONG], "copies": ["示例省财政厅"]})


def rows_of(page, lowest=262):
    """The characters of the type area, row by row."""
    rows = {}
    for character in page.chars:
        if character["top"] > 37 * MM - 2 and character["bottom"] < lowest * MM + 2 and not character["text"].isspace():
            rows.setdefault(round(character["top"]), []).append(character)
    return [rows[top] for top in sorted(rows)]


def red_ink(page):
    """Upper and lower edge, in millimetres, of the red characters' ink at the head of a page."""
    image = page.to_image(resolution=127).original.convert("RGB")
    red = [any(r > 150 > 90 > g for r, g, _b in (image.getpixel((x, y)) for x in range(200, 850, 2))) for y in range(image.height)]
    first = red.index(True)
    return first / 5, red.index(False, first) / 5


def test_a_full_page_has_22_rows_of_28_characters_inside_the_type_area(long_notice):
    page = long_notice.pages[1]
    assert (round(float(page.width) / MM), round(float(page.height) / MM)) == (210, 297)
    rows = rows_of(page)
    assert len(rows) == 22
    assert {len(row) for row in rows} == {28}
    left, right = min(c["x0"] for c in page.chars) / MM, max(c["x1"] for row in rows for c in row) / MM
    assert left == pytest.approx(28, abs=0.3)
    assert right == pytest.approx(184, abs=0.3)
    pitch = (rows[-1][0]["top"] - rows[0][0]["top"]) / 21 / MM
    assert pitch == pytest.approx(225 / 22, abs=0.02)
    assert {round(c["size"]) for row in rows for c in row} == {16}


def test_page_numbers_stand_7_mm_below_the_type_area_outside(long_notice):
    for page, side in ((long_notice.pages[0], "right"), (long_notice.pages[1], "left")):
        foot = [c for c in page.chars if c["top"] > 262 * MM and not c["text"].isspace()]
        assert "".join(c["text"] for c in foot) == f"—{page.page_number}—"
        assert {round(c["size"]) for c in foot} == {14}
        middle = (foot[0]["top"] + foot[0]["bottom"]) / 2 / MM
        assert middle - 262 == pytest.approx(7, abs=1.2)
        edge = 184 - foot[-1]["x1"] / MM if side == "right" else foot[0]["x0"] / MM - 28
        assert edge == pytest.approx(14 / MM, abs=0.8)


def test_the_red_head_stands_where_the_standard_puts_it(long_notice):
    page = long_notice.pages[0]
    mark = [c for c in page.chars if c["non_stroking_color"] == pytest.approx((230 / 255, 0, 18 / 255), abs=0.01)]
    assert "".join(c["text"] for c in mark) == "示例省电子政务专家委员会"
    assert red_ink(page)[0] == pytest.approx(37 + 35, abs=0.5)
    assert mark[-1]["x1"] / MM <= 184.2
    rule = min((r for r in page.rects if r["width"] / MM > 150), key=lambda r: r["top"])
    assert rule["width"] / MM == pytest.approx(156, abs=0.3)
    number = next(line for line in page.extract_text_lines() if "〔2026〕" in line["text"])
    assert (rule["top"] - number["bottom"]) / MM == pytest.approx(4, abs=0.5)


def test_the_imprint_ends_on_the_lower_edge_of_the_type_area(long_notice):
    page = long_notice.pages[-1]
    rules = [r for r in page.rects if r["width"] / MM > 150]
    assert max(r["bottom"] for r in rules) / MM == pytest.approx(262, abs=0.4)
    assert "抄送：示例省财政厅。" in page.extract_text()


def test_a_letter_has_its_double_rules_and_no_number_on_page_1(monkeypatch, laid_out):
    pdf = render(monkeypatch, laid_out, "letter", kind="letter", data={"to": "示例省数据局", "body": [LONG]})
    page = pdf.pages[0]
    rules = [r for r in page.rects if r["width"] / MM == pytest.approx(170, abs=0.5)]
    assert {round(r["x0"] / MM) for r in rules} == {20}
    assert max(r["bottom"] for r in rules) / MM == pytest.approx(277, abs=0.5)
    assert not [c for c in page.chars if c["top"] / MM > 264]
    ink = red_ink(page)
    assert ink[0] == pytest.approx(30, abs=0.5)
    assert min(r["top"] for r in rules) / MM - ink[1] == pytest.approx(4, abs=0.5)
    assert "".join(pdf.pages[1].extract_text().split()).endswith("—2—")


def test_a_signature_is_never_alone_on_its_page(monkeypatch, laid_out):
    for rows in (8, 9, 10):
        body = ["字" * 28 * rows]
        pdf = render(monkeypatch, laid_out, f"close {rows}", data={"to": "示例省数据局", "body": body})
        last = pdf.pages[-1].extract_text()
        assert "2026年11月22日" in last
        assert "字" in last, f"{rows} rows"


def test_a_certificate_fills_one_lying_page(monkeypatch, laid_out):
    data = {"name": "欧阳祎赟", "course": "政务数据共享与安全" * 3, "hours": "24"}
    data |= {"started_on": factory.DAY, "ended_on": factory.DAY}
    pdf = render(
        monkeypatch, laid_out, "certificate", kind="certificate", data=data, issuer_name="示例省委党校", issuer_code="示党校"
    )
    assert len(pdf.pages) == 1
    page = pdf.pages[0]
    assert round(float(page.width) / MM) == 297
    text = page.extract_text()
    assert all(words in text for words in ("欧阳祎赟", "2026年11月22日", "证书编号：示党校通字〔2026〕第00001号", "24学时"))


def test_rare_characters_are_drawn_and_all_fonts_embedded(monkeypatch, laid_out):
    body = [f"名单：{factory.NAMES}。㛃䶮〇〔〕—“”《》①②"]
    pdf = render(monkeypatch, laid_out, "names", title=f"关于{factory.NAMES}的通知", data={"to": "示例省数据局", "body": body})
    text = "".join(page.extract_text() for page in pdf.pages).replace("\n", "")
    assert factory.NAMES in text
    assert not fonts.missing_glyphs(body[0])
    for page in PdfReader(io.BytesIO(laid_out["names"])).pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_a_character_without_a_glyph_fails_instead_of_printing_a_box(monkeypatch):
    factory.register(monkeypatch)
    with pytest.raises(ValueError, match="𠮷"):
        pdf_of(factory.issue(data={"body": ["𠮷某"]}))


def test_the_same_paper_gives_the_same_bytes_and_is_an_archive_file(monkeypatch):
    factory.register(monkeypatch)
    paper = factory.issue()
    first = pdf_of(paper)
    assert pdf_of(paper) == first
    reader = PdfReader(io.BytesIO(first))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfaid:part" in first or b"pdfaid" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert reader.metadata.title == paper.title


def test_what_people_typed_stays_text(monkeypatch):
    factory.register(monkeypatch)
    paper = factory.issue(title="<script>关于</script>", data={"body": ['<img src="file:///etc/passwd">', "{{ paper.code }}"]})
    html = html_of(paper)
    assert "<script" not in html
    assert '<img src="file' not in html
    assert "{{ paper.code }}" in html


def test_a_demo_paper_says_so_on_every_page(monkeypatch, laid_out, settings):
    settings.DEMO = True
    pdf = render(monkeypatch, laid_out, "demo", data={"to": "示例省数据局", "body": [LONG]})
    assert all("演示数据，不具有任何效力" in page.extract_text() for page in pdf.pages)


def test_the_signature_holds_until_a_byte_changes(monkeypatch):
    factory.register(monkeypatch)
    paper = factory.issue()
    signed, remembered = sign.sign(pdf_of(paper), paper, at=datetime(2026, 11, 22, tzinfo=UTC))
    status = _status(signed)
    assert status.bottom_line
    assert status.intact
    assert remembered["software"] is True
    assert remembered["fingerprint"] in status.signing_cert.sha256.hex()
    assert signed.startswith(pdf_of(paper))  # signing only appends
    at = signed.index(b"/MediaBox")
    assert not _status(signed[:at] + b"/MediaBOX" + signed[at + 9 :]).intact


def _status(content):
    from asn1crypto import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    trusted = x509.Certificate.load(sign.certificate().public_bytes(Encoding.DER))
    embedded = PdfFileReader(io.BytesIO(content), strict=False).embedded_signatures[0]
    return validate_pdf_signature(embedded, ValidationContext(trust_roots=[trusted], allow_fetching=False))


def test_the_key_is_made_once_and_is_its_owners_alone(settings, tmp_path):
    settings.VAR = tmp_path
    path = sign.installation_pkcs12()
    content = path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert sign.installation_pkcs12().read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == ["papers.p12"]


def test_the_editable_copy_has_the_same_geometry_and_names_the_office_faces(monkeypatch):
    factory.register(monkeypatch)
    body = ["一、总体意见", "（一）必须修改的内容", "按下列意见修改。"]
    draft = Draft(factory.issue(data={"to": "示例省数据局", "body": body, "attachments": ["回执", "名单"]}))
    letter(draft)
    content = draft.to_bytes()
    section = Document(io.BytesIO(content)).sections[0]
    sizes = [round(value.mm) for value in (section.page_width, section.page_height, section.top_margin, section.left_margin)]
    assert sizes == [210, 297, 37, 28]
    assert [round(value.mm) for value in (section.bottom_margin, section.right_margin)] == [35, 26]
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")) == "579"
    xml = ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert all(f'w:eastAsia="{face}"' in xml for face in ("仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"))
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
    assert all(words in text for words in ("示专委通〔2026〕1号", "示例省数据局：", "附件：1．回执", "2026年11月22日"))


def test_the_licensed_face_of_an_administrator_is_taken_first(settings, tmp_path):
    settings.PAPER_FONTS = tmp_path
    (tmp_path / "仿宋_GB2312.ttf").write_bytes(b"a face")
    assert fonts.faces()["Hanlin Fang"] == tmp_path / "仿宋_GB2312.ttf"
    assert "Hanlin Biaosong" not in fonts.faces()


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于召开论证会的通知", ["关于召开论证会的通知"]),
        (
            "关于示例省一体化政务大数据平台（一期）可行性研究报告论证意见的函",
            ["关于示例省一体化政务大数据平台", "（一期）可行性研究报告论证意见的函"],
        ),
        ("示例省电子政务专家委员会2026年第三次全体会议纪要", ["示例省电子政务专家委员会", "2026年第三次全体会议纪要"]),
    ],
)
def test_titles_break_evenly_and_not_inside_numbers(title, lines):
    assert title_lines(title) == lines


def test_words():
    assert zh_date("2026-01-05") == "2026年1月5日"
    assert zh_date("2026-01-05T01:05:00Z") == "2026年1月5日09:05"
    assert [level(text) for text in ("一、总则", "（二）要求", "1．细则", "一、这一条很长，里面有句号。所以是正文")] == [1, 2, 0, 0]
    assert mark_size("示") == 60
    assert mark_size("示例省电子政务专家委员会") < 37


def test_the_site_starts_without_the_libraries_of_the_layout():
    code = "import django; django.setup(); import sys; print('weasyprint' in sys.modules, 'pyhanko' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]
