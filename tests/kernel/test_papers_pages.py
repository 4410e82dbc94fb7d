"""What strangers and those with a right see of papers."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hanlin.kernel.domain import papers
from hanlin.kernel.papers.uploads import MAX_BYTES
from tests.factories import papers as factory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a small file"


@pytest.fixture
def certificate(monkeypatch):
    factory.register(
        monkeypatch,
        code="test.certificate",
        kind="certificate",
        series="结",
        docx=None,
        name="结业证书",
        public_fields={"name": "姓名", "course": "课程", "ended_on": "结业日期"},
        personal_fields=frozenset({"name"}),
    )
    data = {"name": "欧阳祎", "course": "政务数据共享", "ended_on": factory.DAY, "id_number": "不得公开"}
    paper = factory.issue("test.certificate", issuer_code="示党校", issuer_name="示例省委党校", title="结业证书", data=data)
    return factory.with_files(paper)


def look(client, code):
    return client.get(reverse("kernel:verify_paper", args=[code]), headers={"accept-language": "zh-hans"})


def compare(client, paper, content, name="a.pdf"):
    url = reverse("kernel:compare_paper", args=[paper.code])
    return client.post(url, {"file": SimpleUploadedFile(name, content)}, headers={"accept-language": "zh-hans"})


def test_a_stranger_reads_the_result_first_and_only_public_fields(client, certificate):
    page = look(client, certificate.code)
    text = page.content.decode()
    assert page.status_code == 200
    assert text.index("结业证书真实有效") < text.index("示党校结字〔2026〕第00001号") < text.index(certificate.pdf_sha256)
    assert all(words in text for words in ("欧阳祎", "政务数据共享", "2026年11月22日", certificate.pdf_sm3))
    assert "不得公开" not in text
    assert page["X-Robots-Tag"].startswith("noindex")
    assert "no-store" in page["Cache-Control"]


def test_the_code_is_forgiven_hyphens_and_small_letters(client, certificate):
    assert look(client, certificate.code_grouped.lower()).status_code == 200
    reply = client.get(reverse("kernel:verify"), {"q": f" {certificate.code_grouped} "})
    assert reply["Location"] == reverse("kernel:verify_paper", args=[certificate.code])


def test_the_number_alone_shows_no_full_name_and_no_code(client, certificate):
    page = client.get(reverse("kernel:verify"), {"q": "示党校结字[2026] 第00001号"}, headers={"accept-language": "zh-hans"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "此编号的结业证书登记在册" in text
    assert "欧＊＊" in text
    assert "欧阳祎" not in text
    assert certificate.code not in text


def test_an_unknown_code_or_number_is_not_found(client, certificate):
    for reply in (look(client, "2" * 20), look(client, "short"), client.get(reverse("kernel:verify"), {"q": "示专委〔2026〕9号"})):
        assert reply.status_code == 404
        assert "查无此件" in reply.content.decode()


def test_a_revoked_paper_says_when_and_why(client, certificate):
    papers.revoke(certificate, actor=None, reason="姓名有误，另发新证")
    text = look(client, certificate.code).content.decode()
    assert "结业证书已撤销" in text
    assert "姓名有误，另发新证" in text
    assert "真实有效" not in text


def test_a_paper_whose_file_is_still_made_is_registered(client, monkeypatch):
    factory.register(monkeypatch)
    text = look(client, factory.issue().code).content.decode()
    assert "登记在册，文件正在生成" in text


def test_a_demo_paper_says_so(client, certificate):
    type(certificate).objects.update(is_demo=True)
    assert "演示数据，不具效力" in look(client, certificate.code).content.decode()


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (PDF, 200, "此文件就是所发文件"),
        (PDF[:-1] + b"E", 200, "此文件与所发文件不一致"),
        (b"PK no pdf", 422, "照片和扫描件无法比对"),
        (b"%PDF-" + b"0" * MAX_BYTES, 422, "文件超过10MB"),
    ],
    ids=["same", "tampered", "other kind", "too large"],
)
def test_comparing_a_file(client, certificate, content, status, words):
    reply = compare(client, certificate, content)
    assert reply.status_code == status
    assert words in reply.content.decode()


def test_the_same_file_of_a_revoked_paper_is_still_revoked(client, certificate):
    papers.revoke(certificate, actor=None, reason="作废")
    assert "结业证书已撤销" in compare(client, certificate, PDF).content.decode()


def test_comparing_without_a_file_or_token_is_refused(client, certificate):
    url = reverse("kernel:compare_paper", args=[certificate.code])
    assert client.post(url).status_code == 422
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.post(url, {"file": SimpleUploadedFile("a.pdf", PDF)}).status_code == 403


@time_machine.travel("2026-11-22T02:00:00Z", tick=False)
def test_one_address_cannot_collect_numbers(client, certificate):
    codes = {client.get(reverse("kernel:verify"), {"q": f"示党校结字〔2026〕第{n:05d}号"}).status_code for n in range(2, 42)}
    assert codes == {404}
    busy = client.get(reverse("kernel:verify"))
    assert busy.status_code == 429
    assert busy["Retry-After"] == "60"


def test_verification_costs_one_query(client, certificate, django_assert_num_queries):
    with django_assert_num_queries(1):
        look(client, certificate.code)


def test_files_go_to_those_named_by_the_rule_and_to_nobody_else(client, world, certificate):
    url = reverse("kernel:paper_pdf", args=[certificate.pk])
    assert "/login/" in client.get(url)["Location"]
    client.force_login(world.people["learner"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(url).status_code == 404  # no rule registered
    papers.register_paper_access("test.certificate", lambda person, paper: paper.data["name"] == "欧阳祎")
    reply = client.get(url)
    assert b"".join(reply.streaming_content) == PDF
    assert reply["Content-Disposition"] == (
        "inline; filename*=utf-8''%E7%A4%BA%E5%85%9A%E6%A0%A1%E7%BB%93%E5%AD%97%E3%80%942026%E3%80%95"
        "%E7%AC%AC00001%E5%8F%B7%20%E7%BB%93%E4%B8%9A%E8%AF%81%E4%B9%A6.pdf"
    )
    assert client.get(f"{url}?save=1")["Content-Disposition"].startswith("attachment;")
    assert reply["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("state", ["numbered", "rendered", "failed"])
def test_the_page_of_a_paper_in_every_state(client, world, monkeypatch, state, django_assert_num_queries):
    factory.register(monkeypatch)
    papers.register_paper_access("test.notice", lambda person, paper: True)
    paper = factory.issue()
    type(paper).objects.update(state=state, pdf="x", pdf_sha256="x")
    client.force_login(world.people["owner"], backend="allauth.account.auth_backends.AuthenticationBackend")
    url, chinese = reverse("kernel:paper", args=[paper.pk]), {"accept-language": "zh-hans"}
    text = client.get(url, headers=chinese).content.decode()
    words = {"numbered": "正在排版、签名", "rendered": "查看签名PDF", "failed": "重新生成文件"}[state]
    assert words in text
    fragment = client.get(url, headers={**chinese, "hx-request": "true"}).content.decode()
    assert "<html" not in fragment
    assert ("every 2s" in fragment) == (state == "numbered")


def test_making_again_what_is_there_already_is_refused_in_words(client, world, certificate):
    papers.register_paper_access("test.certificate", lambda person, paper: True)
    client.force_login(world.people["owner"], backend="allauth.account.auth_backends.AuthenticationBackend")
    reply = client.post(reverse("kernel:paper_again", args=[certificate.pk]), follow=True)
    assert [str(message) for message in reply.context["messages"]] != []
    certificate.refresh_from_db()
    assert certificate.state == "rendered"
