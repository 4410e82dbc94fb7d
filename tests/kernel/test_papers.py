"""Issuing, rendering and revoking papers."""

import pytest
from django.core.files.storage import storages

from hanlin.kernel.domain import papers
from hanlin.kernel.errors import IllegalMove, Refused
from hanlin.kernel.models import AuditEntry, Job
from tests.factories import papers as factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(monkeypatch):
    return factory.register(monkeypatch)


@pytest.fixture
def made(notice, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        paper = factory.issue()
    paper.refresh_from_db()
    return paper


def test_a_paper_counts_from_its_number_and_gets_its_files_after_the_commit(notice, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        paper = factory.issue()
        assert (paper.state, paper.pdf) == ("numbered", "")
    paper.refresh_from_db()
    assert paper.state == "rendered"
    content = storages["private"].open(paper.pdf).read()
    assert content.startswith(b"%PDF-")
    assert storages["private"].open(paper.docx).read().startswith(b"PK")
    assert Job.objects.get().state == "done"
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"kernel.paper.issue", "kernel.paper.render"} <= actions


def test_the_data_is_frozen_as_json(notice):
    paper = factory.issue(data={"to": "示例省数据局", "day": factory.DAY, "body": []})
    paper.refresh_from_db()
    assert paper.data["day"] == "2026-11-22"


def test_an_issuer_without_a_code_is_refused(notice):
    with pytest.raises(Refused):
        factory.issue(issuer_code=" ")
    assert not Job.objects.exists()


def test_public_fields_must_be_in_the_data(monkeypatch):
    factory.register(monkeypatch, public_fields={"name": "姓名"})
    with pytest.raises(LookupError, match="name"):
        factory.issue()


def test_a_failed_paper_says_so_and_can_be_made_again(notice, monkeypatch, django_capture_on_commit_callbacks):
    from hanlin.kernel.papers import produce

    with monkeypatch.context() as patch:
        patch.setattr(produce, "pdf_of", lambda document: (_ for _ in ()).throw(OSError("libpango is missing")))
        with django_capture_on_commit_callbacks(execute=True):
            paper = factory.issue()
    paper.refresh_from_db()
    assert (paper.state, paper.number, Job.objects.get().state) == ("failed", 1, "failed")
    with django_capture_on_commit_callbacks(execute=True):
        papers.remake(paper, actor=None)
    paper.refresh_from_db()
    assert (paper.state, paper.number) == ("rendered", 1)
    with pytest.raises(IllegalMove):
        papers.remake(paper, actor=None)


def test_revoking_needs_a_reason_and_happens_once(made):
    with pytest.raises(Refused):
        papers.revoke(made, actor=None, reason=" ")
    papers.revoke(made, actor=None, reason="姓名有误，另发")
    with pytest.raises(Refused):
        papers.revoke(made, actor=None, reason="再次")
    made.refresh_from_db()
    assert (made.revoked_reason, made.state) == ("姓名有误，另发", "rendered")


def test_codes_are_long_and_unlike(notice):
    codes = {factory.issue().code for _n in range(20)}
    assert len(codes) == 20
    assert all(len(code) == 20 for code in codes)


def test_demo_papers_go_with_their_files_and_the_series_goes_on(notice, made, django_capture_on_commit_callbacks):
    demo = factory.with_files(factory.issue())
    type(demo).objects.filter(pk=demo.pk).update(is_demo=True)
    with django_capture_on_commit_callbacks(execute=True):
        assert papers.forget_demo() == 1
    assert not storages["private"].exists(demo.pdf)
    assert storages["private"].exists(made.pdf)
    assert factory.issue().number == 2
