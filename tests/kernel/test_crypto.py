import base64

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from hanlin.kernel import crypto

TEXT = st.text(min_size=1, max_size=200).filter(lambda text: not any(0xD800 <= ord(letter) <= 0xDFFF for letter in text))


@given(TEXT)
def test_what_is_sealed_opens_again_and_never_looks_the_same_twice(text):
    first, second = crypto.encrypt(text), crypto.encrypt(text)

    assert crypto.decrypt(first) == crypto.decrypt(second) == text
    assert first != second


@given(TEXT, st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_is_found(text, at, change):
    name, _colon, data = crypto.encrypt(text).partition(":")
    raw = bytearray(base64.b64decode(data))
    raw[at % len(raw)] ^= change
    with pytest.raises(InvalidTag):
        crypto.decrypt(f"{name}:{base64.b64encode(raw).decode()}")


def test_the_other_algorithm_opens_what_it_sealed(monkeypatch):
    monkeypatch.setattr(crypto, "_preferred", lambda: "aes")
    sealed = crypto.encrypt("13800000000")
    monkeypatch.undo()

    assert sealed.startswith("aes:")
    assert crypto.decrypt(sealed) == "13800000000"


def test_another_key_opens_nothing(settings):
    sealed = crypto.encrypt("13800000000")
    crypto._key.cache_clear()
    settings.FIELD_KEY = "another installation's key, long enough"
    with pytest.raises(InvalidTag):
        crypto.decrypt(sealed)
    crypto._key.cache_clear()


def test_the_blind_index_finds_without_opening_and_empty_stays_empty():
    assert crypto.blind_index("13800000000") == crypto.blind_index("13800000000")
    assert crypto.blind_index("13800000000") != crypto.blind_index("13800000001")
    assert (crypto.encrypt(""), crypto.decrypt(""), crypto.blind_index("")) == ("", "", "")


@pytest.mark.django_db
def test_the_database_never_sees_the_text(world):
    from django.db import connection

    person = world.people["learner"]
    person.mobile = "13800000000"
    person.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT mobile FROM people_person WHERE id = %s", [person.pk])
        stored = cursor.fetchone()[0]
    person.refresh_from_db()

    assert "138" not in stored
    assert person.mobile == "13800000000"
