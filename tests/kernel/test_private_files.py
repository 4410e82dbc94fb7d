import pytest
from django.http import Http404
from django.test import RequestFactory

from hanlin.kernel.uploads import check_upload, store_private
from hanlin.kernel.views.files import export_response, private_response
from tests.kernel import files

CONTENT = files.mp4()
SIZE = len(CONTENT)


@pytest.fixture
def stored():
    return store_private(check_upload(files.upload("课.mp4", CONTENT), kinds=["mp4"], max_bytes=10**6), "tests")


def get(stored, inline=True, content_type="video/mp4", **headers):
    request = RequestFactory().get("/", headers=headers)
    return private_response(request, stored, "第一课.mp4", content_type, inline=inline)


def test_a_whole_file_comes_with_its_name_and_its_walls(stored):
    reply = get(stored, inline=False)

    assert b"".join(reply.streaming_content) == CONTENT
    assert reply["Content-Disposition"] == "attachment; filename*=utf-8''%E7%AC%AC%E4%B8%80%E8%AF%BE.mp4"
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Content-Security-Policy"].endswith("sandbox")
    assert (reply["Accept-Ranges"], int(reply["Content-Length"])) == ("bytes", SIZE)


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-9", 0, 9), ("bytes=10-", 10, SIZE - 1), ("bytes=-5", SIZE - 5, SIZE - 1), ("bytes=0-99999", 0, SIZE - 1)],
)
def test_a_range_is_given_alone(stored, asked, start, end):
    reply = get(stored, Range=asked)

    assert (reply.status_code, reply["Content-Range"]) == (206, f"bytes {start}-{end}/{SIZE}")
    assert b"".join(reply.streaming_content) == CONTENT[start : end + 1]
    assert int(reply["Content-Length"]) == end - start + 1


@pytest.mark.parametrize("asked", ["bytes=9999-", "bytes=9-3", "bytes=-0", "bytes=-"])
def test_a_range_outside_the_file_is_refused(stored, asked):
    reply = get(stored, Range=asked)
    assert (reply.status_code, reply["Content-Range"]) == (416, f"bytes */{SIZE}")


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes=1-2,5-6", "nonsense"])
def test_a_range_that_is_not_understood_gives_the_whole(stored, asked):
    assert get(stored, Range=asked).status_code == 200


def test_what_the_browser_has_is_not_sent_again(stored):
    etag = get(stored)["ETag"]
    assert get(stored, **{"If-None-Match": etag}).status_code == 304
    assert get(stored, **{"If-Range": '"another"', "Range": "bytes=0-1"}).status_code == 200


def test_only_harmless_kinds_open_in_place(stored):
    assert get(stored)["Content-Disposition"].startswith("inline")
    assert get(stored, content_type="text/html")["Content-Disposition"].startswith("attachment")


def test_a_pdf_in_place_has_no_sandbox_but_may_load_nothing(stored):
    policy = get(stored, content_type="application/pdf")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" not in policy


def test_a_file_that_is_gone_is_not_found(stored):
    with pytest.raises(Http404):
        get("tests/none.mp4")


def test_tables_leave_as_xlsx_or_csv():
    assert export_response("人员", ["姓名"], [["=1"]])["Content-Disposition"].endswith(".xlsx")
    reply = export_response("人员", ["姓名"], [["=1"]], kind="csv")
    assert reply.content.decode("utf-8-sig") == "姓名\r\n'=1\r\n"
    assert reply["Cache-Control"] == "private, no-store"
