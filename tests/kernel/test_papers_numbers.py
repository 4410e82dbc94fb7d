"""Numbers: spelt as the standard wants, in order, without gaps."""

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError
from hypothesis import given
from hypothesis import strategies as st

from hanlin.kernel.domain.numbers import certificate_text, number_text, parse_number, take_number, tidy_number
from hanlin.kernel.models import NumberCounter, OfficialDocument
from tests.factories import papers as factory

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5).filter(lambda c: c not in "字第号"), min_size=1, max_size=6)


@given(issuer=HAN, series=HAN, year=st.integers(2000, 2999), number=st.integers(1, 999_999))
def test_a_number_can_be_read_back(issuer, series, year, number):
    for spell in (number_text, certificate_text):
        text = spell(issuer, series, year, number)
        assert parse_number(text) == (issuer + series, year, number)
        assert tidy_number(text) == text


@given(st.integers(1, 10**9))
def test_a_letter_number_has_no_leading_zero_and_no_di(number):
    text = number_text("示专委", "论", 2026, number)
    assert text == "示专委论〔2026〕" + str(number) + "号"


@pytest.mark.parametrize(
    "typed",
    ["示专委论[2026]3号", "示专委论（2026）3号", " 示专委论 【2026】 3 号", "示专委论〔２０２６〕３号"],
)
def test_other_brackets_are_forgiven(typed):
    assert tidy_number(typed) == "示专委论〔2026〕3号"


@pytest.mark.parametrize("text", ["", "论〔26〕3号", "示专委论〔2026〕03号", "示专委论〔2026〕号", "〔2026〕3号"])
def test_what_is_no_number_is_none(text):
    assert parse_number(text) is None


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        take_number("示专委", "论", 2026)


@pytest.mark.django_db
def test_a_rollback_gives_the_number_back(monkeypatch):
    factory.register(monkeypatch)
    assert factory.issue().number_text == "示专委通〔2026〕1号"
    with transaction.atomic():
        assert factory.issue().number == 2
        transaction.set_rollback(True)
    assert factory.issue().number == 2
    assert NumberCounter.objects.get().last == 2


@pytest.mark.django_db
def test_each_issuer_series_and_year_counts_by_itself(monkeypatch):
    factory.register(monkeypatch)
    factory.register(monkeypatch, code="test.opinion", kind="opinion", series="论", template="papers/letter.html")
    papers = [
        factory.issue(),
        factory.issue("test.opinion"),
        factory.issue(issuer_code="样专委"),
        factory.issue(on=factory.DAY.replace(year=2027)),
        factory.issue(),
    ]
    assert [paper.number_text for paper in papers] == [
        "示专委通〔2026〕1号",
        "示专委论〔2026〕1号",
        "样专委通〔2026〕1号",
        "示专委通〔2027〕1号",
        "示专委通〔2026〕2号",
    ]


@pytest.mark.django_db
def test_the_database_refuses_a_number_twice(monkeypatch):
    factory.register(monkeypatch)
    paper = factory.issue()
    paper.pk, paper.code = None, "X" * 20
    with pytest.raises(IntegrityError), transaction.atomic():
        paper.save(force_insert=True)
    assert OfficialDocument.objects.count() == 1
