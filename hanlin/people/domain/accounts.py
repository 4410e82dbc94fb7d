"""Accounts: made for a person, suspended, given back, with a first password that must be changed."""

import secrets

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher
from django.db import transaction
from django.utils.translation import gettext as _

from hanlin.kernel.crypto import blind_index
from hanlin.kernel.domain.audit import log
from hanlin.kernel.errors import Refused
from hanlin.kernel.text import pinyin_plain
from hanlin.people.models import Person

# no 0 O 1 l I: a first password is read from paper
_SIGNS = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-+=@#")
_FIRST_LENGTH = 16
# 16 random signs hold 95 bits, so stretching adds nothing; the log-in re-hashes at full cost
_FIRST_ROUNDS = 20_000


def first_password() -> str:
    """A random password that satisfies every rule of this house."""
    every = "".join(_SIGNS)
    signs = [secrets.choice(group) for group in _SIGNS] + [secrets.choice(every) for _n in range(_FIRST_LENGTH - len(_SIGNS))]
    secrets.SystemRandom().shuffle(signs)
    return "".join(signs)


def _hash_of_first(password: str) -> str:
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return str(hasher.encode(password, hasher.salt(), iterations=_FIRST_ROUNDS))
    return str(hasher.encode(password, hasher.salt()))


def free_username(name: str, taken: set[str] | None = None) -> str:
    """A user name from the pinyin of a name that nobody has, in the database or in `taken`."""
    stem = "".join(c for c in pinyin_plain(name) if c.isascii() and c.isalnum())[:50] or "user"
    used = {username.lower() for username in Person.objects.filter(username__istartswith=stem).values_list("username", flat=True)}
    used |= {username.lower() for username in taken or ()}
    number = 1
    candidate = stem
    while candidate in used:
        number += 1
        candidate = f"{stem}{number}"
    return candidate


@transaction.atomic
def create(
    name: str, *, actor: Person | None, username: str = "", password: str | None = None, is_demo: bool = False, **fields: object
) -> tuple[Person, str]:
    """Make a person with an account; returns the person and the first password, which is told once.

    Without `password` a random one is made that must be changed at the first log-in. `fields` are further
    fields of Person. Refused where the user name, the e-mail, the mobile number or the citizen ID is taken.
    """
    person = Person(name=name, username=username or free_username(name), is_demo=is_demo, **fields)
    _refuse_taken(person)
    first = password or first_password()
    person.password = _hash_of_first(first)
    person.must_change_password = password is None
    person.save()
    log(person, "people.account.create", actor=actor, after={"username": person.username, "name": name})
    return person, first


def _refuse_taken(person: Person) -> None:
    if Person.objects.filter(username__iexact=person.username).exists():
        raise Refused(_("The user name %(username)s is taken.") % {"username": person.username})
    if person.email and Person.objects.filter(email__iexact=person.email).exists():
        raise Refused(_("This e-mail address belongs to another account."))
    if person.mobile and Person.objects.filter(mobile_index=blind_index(person.mobile)).exists():
        raise Refused(_("This mobile number belongs to another account."))
    if person.citizen_id and Person.objects.filter(citizen_id_index=blind_index(person.citizen_id)).exists():
        raise Refused(_("This citizen ID number belongs to another account."))
