"""Papers for tests: one template of each kind, and a row to issue them about."""

from datetime import date

from hanlin.kernel.domain import papers
from hanlin.kernel.models import Workday
from hanlin.kernel.papers.docx import letter

DAY = date(2026, 11, 22)
NAMES = "祎赟翀喆堃玥垚峣璟旻昇珺"


def register(monkeypatch, code="test.notice", kind="notice", series="通", **fields):
    """A template for one test; the registries are put back after it."""
    from hanlin.kernel.papers import registry

    monkeypatch.setattr(registry, "_templates", dict(registry._templates))
    monkeypatch.setattr(registry, "_access", dict(registry._access))
    fields = {"version": 1, "template": f"papers/{kind}.html", "public_fields": {"title": "标题"}, "docx": letter, **fields}
    papers.register_template(code, kind=kind, series=series, **fields)
    return code


def row(day=DAY):
    """Any stored row will do as the thing a paper is about."""
    return Workday.objects.get_or_create(date=day, defaults={"works": False, "source": "测试"})[0]


def issue(code="test.notice", about=None, **fields):
    fields = {
        "actor": None,
        "issuer_name": "示例省电子政务专家委员会",
        "issuer_code": "示专委",
        "title": "关于召开可行性研究报告论证会的通知",
        "data": {"to": "示例省数据局", "body": ["现将有关事项通知如下。"]},
        "on": DAY,
        **fields,
    }
    return papers.issue(code, about or row(), **fields)


def with_files(paper, pdf=b"%PDF-1.7 a small file", docx=b"PK a small file"):
    """`paper` as rendered, with given bytes instead of seconds of layout."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import storages

    from hanlin.kernel.domain.states import move
    from hanlin.kernel.papers.digests import digests

    fields = {"signature": {"software": True, "fingerprint": "ab" * 32}}
    for kind, content in (("pdf", pdf), ("docx", docx)):
        made = digests(content)
        name = storages["private"].save(f"papers/test/{paper.code}.{kind}", ContentFile(content))
        fields |= {kind: name, f"{kind}_sha256": made.sha256, f"{kind}_sm3": made.sm3}
    move(paper, "rendered", **fields)
    return paper
