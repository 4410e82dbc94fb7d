import pytest
from django.core.management import CommandError, call_command

from hanlin.people.models import Grant, Organisation, Person
from tests.factories.people import RegionFactory

WORDS = {"name": "陆衡", "organisation": "某省数据局", "region": "330000"}


def test_first_administrator_gets_a_body_a_grant_and_a_password_to_change(db, capsys):
    RegionFactory(code="330000")

    call_command("make_administrator", **WORDS)

    person = Person.objects.get(name="陆衡")
    password = capsys.readouterr().out.split("first password ")[1].split()[0]
    assert (person.must_change_password, person.check_password(password)) == (True, True)
    assert list(Grant.objects.values_list("person__name", "role", "organisation__name")) == [
        ("陆衡", "security_admin", "某省数据局")
    ]


def test_there_is_no_second_first_administrator(db):
    RegionFactory(code="330000")
    call_command("make_administrator", **WORDS)

    with pytest.raises(CommandError, match="already"):
        call_command("make_administrator", **{**WORDS, "name": "苏简"})

    assert Person.objects.count() == 1


def test_an_unknown_region_changes_nothing(db):
    with pytest.raises(CommandError, match="region"):
        call_command("make_administrator", **WORDS)

    assert (Person.objects.count(), Organisation.objects.count()) == (0, 0)
