from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from hanlin.people.validators import clean_citizen_id, clean_credit_code, clean_mobile
from tests.people.rosters import citizen_id

TODAY = date(2026, 11, 22)
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
days = st.dates(date(1900, 1, 1), TODAY)


def credit_code(head: str) -> str:
    total = sum(ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(head))
    return head + ALPHABET[-total % 31]


@given(days, st.integers(0, 999), st.from_regex(r"[1-9][0-9]{5}", fullmatch=True))
def test_a_right_id_number_is_taken(born, order, region):
    assert clean_citizen_id(f" {citizen_id(born, order, region).lower()} ", today=TODAY) == citizen_id(born, order, region)


@given(days, st.integers(0, 999), st.integers(0, 17), st.integers(1, 9))
def test_one_changed_digit_of_an_id_number_is_refused(born, order, place, shift):
    number = citizen_id(born, order)
    old = "0123456789X".index(number[place])
    new = "0123456789X"[(old + shift) % 11] if place == 17 else str((old + shift) % 10)
    wrong = number[:place] + new + number[place + 1 :]

    with pytest.raises(ValidationError):
        clean_citizen_id(wrong, today=TODAY)


@pytest.mark.parametrize("number", ["", "11010119900101", "990000202713018123", "99000019900230123X", "九" * 18, "1" * 19])
def test_what_is_no_id_number_is_refused_in_words(number):
    with pytest.raises(ValidationError) as refused:
        clean_citizen_id(number, today=TODAY)
    assert refused.value.messages[0]


@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_a_right_credit_code_is_taken(head):
    assert clean_credit_code(credit_code(head).lower()) == credit_code(head)


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 17), st.integers(1, 30))
def test_one_changed_sign_of_a_credit_code_is_refused(head, place, shift):
    code = credit_code(head)
    new = ALPHABET[(ALPHABET.index(code[place]) + shift) % 31]

    with pytest.raises(ValidationError):
        clean_credit_code(code[:place] + new + code[place + 1 :])


@pytest.mark.parametrize("text", ["13800138000", "+86 138 0013 8000", "0086-138-0013-8000", "199 0000 0000"])
def test_mobile_numbers_come_in_one_form(text):
    assert clean_mobile(text).startswith("+861")
    assert len(clean_mobile(text)) == 14


@pytest.mark.parametrize("text", ["1380013800", "12300001111", "138001380001", "010-12345678", "abc"])
def test_what_is_no_mobile_number_is_refused(text):
    with pytest.raises(ValidationError):
        clean_mobile(text)
