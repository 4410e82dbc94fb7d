import io
import socket
import threading
import zipfile

import pytest
from django.core.files.base import File
from PIL import Image

from hanlin.kernel.errors import Refused
from hanlin.kernel.uploads import check_upload, open_private, store_private
from hanlin.kernel.uploads.check import digests
from tests.kernel import files

MB = 1024 * 1024
ALL = ("pdf", "docx", "xlsx", "pptx", "csv", "png", "jpeg", "mp4", "vtt", "zip")


def check(name, content, kinds=ALL, max_bytes=MB):
    return check_upload(files.upload(name, content), kinds=kinds, max_bytes=max_bytes)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("可研报告.pdf", files.pdf(), "pdf"),
        ("方案.docx", files.docx(), "docx"),
        ("名册.xlsx", files.xlsx([["姓名"], ["顾昀"]]), "xlsx"),
        ("名册.csv", "姓名\n顾昀\n".encode("gb18030"), "csv"),
        ("图.png", files.picture(), "png"),
        ("照片.JPG", files.picture("JPEG"), "jpeg"),
        ("课.mp4", files.mp4(), "mp4"),
        ("字幕.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\n你好\n".encode(), "vtt"),
        ("材料.zip", files.archive(**{"a.txt": "说明".encode()}), "zip"),
    ],
)
def test_an_honest_file_passes_and_is_digested(name, content, kind):
    checked = check(name, content)

    assert (checked.name, checked.kind) == (name, kind)
    assert len(checked.sha256) == 64
    assert checked.file.tell() == 0
    assert checked.size == len(checked.file.read())


def test_digests_are_those_of_the_standards():
    sha256, sm3 = digests(io.BytesIO(b"abc"))  # the examples of FIPS 180-4 and GB/T 32905-2016

    assert sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sm3 == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("可研报告.pdf", files.docx()),
        ("方案.docx", files.xlsx([["姓名"]])),
        ("图.png", files.picture("JPEG")),
        ("名册.csv", files.pdf()),
        ("名册.csv", files.xlsx([["姓名"]])),
        ("课.mp4", b"\0" * 100),
        ("字幕.vtt", b"00:00 hello"),
    ],
)
def test_a_false_extension_is_refused(name, content):
    with pytest.raises(Refused):
        check(name, content)


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'\xef\xbb\xbf\n<?xml version="1.0"?><svg/>',
        b"<!DOCTYPE html><html></html>",
        b"#!/bin/sh\nrm -rf /",
    ],
)
@pytest.mark.parametrize("name", ["图.png", "名册.csv", "字幕.vtt", "a.zip"])
def test_markup_and_scripts_are_refused_under_any_name(name, content):
    with pytest.raises(Refused, match="脚本|script"):
        check(name, content)


def test_an_svg_is_not_a_kind_at_all():
    with pytest.raises(Refused):
        check("图.svg", b"<svg/>")


def test_fifty_megabytes_of_the_wrong_type_are_told_so_from_their_first_bytes():
    class Watched(io.BytesIO):
        read_in_all = 0

        def read(self, size=-1):
            part = super().read(size)
            Watched.read_in_all += len(part)
            return part

    big = File(Watched(b"MZ" + b"\0" * (50 * MB)), name="视频.mp4")
    with pytest.raises(Refused, match="mp4"):
        check_upload(big, kinds=["mp4"], max_bytes=MB)

    assert Watched.read_in_all <= 8192


def test_too_large_and_empty_files_are_refused():
    with pytest.raises(Refused, match="2.0"):
        check("课.mp4", files.mp4() + b"\0" * 2 * MB)
    with pytest.raises(Refused):
        check("课.mp4", b"")


@pytest.mark.parametrize("name", ["a\x07.pdf", "fdp.\u202egnp.pdf", ".pdf", "长" * 160 + ".pdf", "no-extension"])
def test_names_that_mislead_are_refused(name):
    upload = files.upload("x.pdf", files.pdf())
    upload._name = name
    with pytest.raises(Refused):
        check_upload(upload, kinds=ALL, max_bytes=MB)


def test_a_zip_bomb_is_refused_by_ratio():
    with pytest.raises(Refused, match="MB"):
        check("材料.zip", files.archive(**{"a.txt": b"\0" * 30 * MB}))


def test_a_zip_bomb_inside_an_office_file_is_refused():
    with pytest.raises(Refused):
        check("方案.docx", files.docx(**{"word__media__image1.bmp": b"\0" * 30 * MB}))


def test_too_many_entries_are_refused():
    with pytest.raises(Refused):
        check("材料.zip", files.archive(**{f"{n}.txt": b"" for n in range(5001)}))


@pytest.mark.parametrize("inner", ["b.zip", "b.7z", "run.exe", "page.html", "drawing.svg", "..__evil.txt"])
def test_archives_programs_and_escapes_inside_a_zip_are_refused(inner):
    with pytest.raises(Refused):
        check("材料.zip", files.archive(**{inner: b"x"}))


def test_a_false_office_file_inside_a_zip_is_refused():
    with pytest.raises(Refused):
        check("材料.zip", files.archive(**{"方案.docx": b"no zip at all"}))


def test_a_zip_whose_sizes_lie_is_refused():
    content = bytearray(files.archive(**{"a.txt": b"abc" * 2000}))
    at = content.find(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(Refused):
        check("材料.zip", bytes(content))


def test_macros_and_passwords_are_refused():
    with pytest.raises(Refused):
        check("方案.docx", files.docx(**{"word__vbaProject.bin": b"x"}))
    with pytest.raises(Refused, match="密码|password"):
        check("方案.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(Refused, match="密码|password"):
        check("报告.pdf", files.pdf(password="open sesame"))


def test_an_encrypted_zip_is_refused():
    content = bytearray(files.archive(**{"a.txt": b"abc"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + offset] |= 1
    with pytest.raises(Refused, match="密码|password"):
        check("材料.zip", bytes(content))


def test_a_pdf_that_acts_by_itself_is_refused():
    with pytest.raises(Refused, match="脚本|script"):
        check("报告.pdf", files.pdf(script="app.alert(1)"))


def test_a_damaged_pdf_is_refused():
    with pytest.raises(Refused):
        check("报告.pdf", b"%PDF-1.7\n" + b"garbage" * 100)


def test_a_picture_is_made_anew_without_its_hidden_parts():
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    checked = check("照片.jpg", files.picture("JPEG", exif=exif) + b"<script>tail</script>")

    content = checked.file.read()
    assert b"secret place" not in content
    assert b"<script>" not in content
    assert Image.open(io.BytesIO(content)).size == (8, 6)


@pytest.mark.parametrize("name", ["机密★1年.docx", "【绝密】方案.docx", "秘密-名单.docx", "机密.docx"])
def test_a_marked_name_is_refused(name):
    with pytest.raises(Refused, match="涉密|classified"):
        check(name, files.docx())


@pytest.mark.parametrize("name", ["商业秘密保护讲义.docx", "保守国家秘密法解读.docx", "密码应用方案.docx"])
def test_everyday_words_are_no_mark(name):
    assert check(name, files.docx("本项目涉及商业秘密，按合同保密。")).kind == "docx"


def test_marked_content_is_refused_even_when_split_over_runs():
    with pytest.raises(Refused, match="涉密|classified"):
        check("方案.docx", files.docx("机</w:t></w:r><w:r><w:t>密★ 1年"))
    with pytest.raises(Refused, match="涉密|classified"):
        check("名册.csv", "标题\n秘密★6个月\n".encode("gb18030"))


@pytest.fixture
def clamd(settings):
    """A daemon that speaks just enough: it answers what the test tells it to."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(5)
    settings.CLAMD = f"127.0.0.1:{server.getsockname()[1]}"
    answers = []

    def serve():
        line, _address = server.accept()
        with line:
            received = b""
            while not received.endswith(b"\0\0\0\0"):
                received += line.recv(65536)
            line.sendall(answers[0])

    thread = threading.Thread(target=serve)
    yield lambda answer: (answers.append(answer), thread.start())
    thread.join()
    server.close()


@pytest.mark.parametrize(("answer", "passes"), [(b"stream: OK\0", True), (b"stream: Eicar FOUND\0", False)])
def test_a_scanner_that_is_named_is_asked(clamd, answer, passes):
    clamd(answer)
    if passes:
        assert check("字幕.vtt", b"WEBVTT").kind == "vtt"
    else:
        with pytest.raises(Refused):
            check("字幕.vtt", b"WEBVTT")


def test_a_scanner_that_is_silent_refuses(settings):
    settings.CLAMD = "127.0.0.1:1"
    with pytest.raises(Refused):
        check("字幕.vtt", b"WEBVTT")


def test_stored_names_say_nothing_of_the_person(settings):
    checked = check("顾昀的简历.vtt", b"WEBVTT")
    name = store_private(checked, "roster")

    assert name.startswith("roster/")
    assert "顾昀" not in name
    with open_private(name) as file:
        assert file.read() == b"WEBVTT"


def test_every_file_of_a_zip_is_read_to_its_end():
    content = bytearray(files.archive(**{"a.txt": b"abcdef" * 50}))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        start = packed.infolist()[0].header_offset + 30 + len("a.txt")
    content[start + 3] ^= 0xFF
    with pytest.raises(Refused):
        check("材料.zip", bytes(content))
