"""Two administrators at the same moment, on PostgreSQL."""

from datetime import date

import pytest

from hanlin.people.domain import accounts, grants
from hanlin.people.enums import Role
from hanlin.people.models import Grant, Person
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.together import at_once, kinds

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
ON = date(2026, 9, 1)


def give(person, role, body, actor):
    return grants.give(person, role, body, actor=actor, on=ON, reason="换届")


def test_two_administrators_never_make_one_person_two_of_the_three():
    person, one, other, body = PersonFactory(), PersonFactory(), PersonFactory(), OrganisationFactory()

    found = at_once(
        lambda: give(person, Role.AUDIT_ADMIN, body, one),
        lambda: give(person, Role.SYSTEM_ADMIN, body, other),
    )

    assert kinds(found) == ["Grant", "Refused"]
    assert Grant.objects.filter(person=person).count() == 1


def test_one_role_given_twice_at_once_is_one_grant():
    person, one, other, body = PersonFactory(), PersonFactory(), PersonFactory(), OrganisationFactory()

    found = at_once(lambda: give(person, Role.OWNER, body, one), lambda: give(person, Role.OWNER, body, other))

    assert found[0].pk == found[1].pk


def test_one_user_name_goes_to_one_person():
    body = PersonFactory()

    found = at_once(*[lambda: accounts.register("温知远", actor=body)] * 2)

    assert len({person.username for person in found if isinstance(person, Person)}) == len(
        [one for one in found if isinstance(one, Person)]
    )
    assert Person.objects.filter(name="温知远").count() >= 1


def test_first_passwords_are_handed_out_once():
    actor = PersonFactory()
    people = [accounts.register(name, actor=actor) for name in ("温知远", "郗若谷", "鞠清和")]

    found = at_once(*[lambda: accounts.hand_out(people, actor=actor)] * 2)

    assert sorted(len(given) for given in found) == [0, 3]
    for person, password in next(given for given in found if given):
        person.refresh_from_db()
        assert person.check_password(password)
