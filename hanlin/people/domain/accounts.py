"""Accounts: made for a person, suspended, given back, with a first password that must be changed."""

import secrets
from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher
from django.db import transaction
from django.utils.translation import gettext as _

from hanlin.kernel.crypto import blind_index
from hanlin.kernel.domain.audit import log
from hanlin.kernel.errors import Refused
from hanlin.kernel.text import pinyin_plain
from hanlin.people.enums import PersonStatus
from hanlin.people.models import Person

# no 0 O 1 l I: a first password is read from paper
_SIGNS = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-+=@#")
_FIRST_LENGTH = 16
# 16 random signs hold 95 bits, so stretching adds nothing; the log-in re-hashes at full cost
_FIRST_ROUNDS = 20_000


def first_password() -> str:
    """A random password that satisfies every rule of this house.

    It begins with a letter: a table cell that began with a sign would be taken for a formula and be escaped.
    """
    every = "".join(_SIGNS)
    signs = [secrets.choice(group) for group in _SIGNS] + [secrets.choice(every) for _n in range(_FIRST_LENGTH - len(_SIGNS) - 1)]
    secrets.SystemRandom().shuffle(signs)
    return secrets.choice(_SIGNS[0]) + "".join(signs)


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
def register(name: str, *, actor: Person | None, username: str = "", is_demo: bool = False, **fields: Any) -> Person:
    """Make a person whose account opens once a first password is handed out. `fields` are further fields of Person.

    Refused where the user name, the e-mail, the mobile number or the citizen ID number is taken.
    """
    person = Person(name=name, username=username or free_username(name), is_demo=is_demo, **fields)
    _refuse_taken(person)
    person.set_unusable_password()
    person.must_change_password = True
    person.save()
    log(person, "people.account.register", actor=actor, after={"username": person.username, "name": name})
    return person


@transaction.atomic
def hand_out(people: Iterable[Person], *, actor: Person | None) -> list[tuple[Person, str]]:
    """Make first passwords for people who have none yet, and give them back this once; nothing keeps them.

    People who have a password already are left out, so a second call for the same people gives nothing.
    """
    given = []
    waiting = Person.objects.select_for_update().filter(pk__in=[person.pk for person in people], last_login=None)
    for person in waiting.order_by("pinyin", "pk"):
        if person.has_usable_password():
            continue
        given.append((person, _give_first(person)))
        log(person, "people.account.hand_out", actor=actor)
    return given


@transaction.atomic
def create(name: str, *, actor: Person | None, username: str = "", **fields: Any) -> tuple[Person, str]:
    """Register one person and hand out the first password at once; it is told this once."""
    person = register(name, actor=actor, username=username, **fields)
    [(_same, password)] = hand_out([person], actor=actor)
    person.refresh_from_db()
    return person, password


def _give_first(person: Person) -> str:
    first = first_password()
    person.password, person.must_change_password = _hash_of_first(first), True
    person.save(update_fields=["password", "must_change_password"])
    person.keep_password()
    return first


def _refuse_taken(person: Person) -> None:
    if Person.objects.filter(username__iexact=person.username).exists():
        raise Refused(_("The user name %(username)s is taken.") % {"username": person.username})
    if person.email and Person.objects.filter(email__iexact=person.email).exists():
        raise Refused(_("This e-mail address belongs to another account."))
    if person.mobile and Person.objects.filter(mobile_index=blind_index(person.mobile)).exists():
        raise Refused(_("This mobile number belongs to another account."))
    if person.citizen_id and Person.objects.filter(citizen_id_index=blind_index(person.citizen_id)).exists():
        raise Refused(_("This citizen ID number belongs to another account."))


@transaction.atomic
def suspend(person: Person, *, actor: Person, reason: str) -> Person:
    """Close an account from now; its sessions end. Refused for one's own, and where it is closed already."""
    if actor.pk == person.pk:
        raise Refused(_("Nobody suspends their own account. Ask another system administrator."))
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.status == PersonStatus.SUSPENDED:
        raise Refused(_("This account is suspended already."))
    _set_status(person, PersonStatus.SUSPENDED, actor=actor, reason=reason)
    end_sessions(person)
    return person


@transaction.atomic
def restore(person: Person, *, actor: Person, reason: str) -> Person:
    """Open a suspended account again."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.status != PersonStatus.SUSPENDED:
        raise Refused(_("This account is not suspended."))
    _set_status(person, PersonStatus.ACTIVE, actor=actor, reason=reason)
    return person


def _set_status(person: Person, status: PersonStatus, *, actor: Person, reason: str) -> None:
    before, person.status = person.status, status
    person.is_active = status == PersonStatus.ACTIVE
    person.save(update_fields=["status", "is_active"])
    log(person, "people.account.status", actor=actor, before={"status": before}, after={"status": status, "reason": reason})


@transaction.atomic
def unlock(person: Person, *, actor: Person) -> None:
    """Open an account that wrong passwords have locked. Refused where no lock is on it."""
    tries = AccessAttempt.objects.filter(username=person.username.lower())
    if not tries.exists():
        raise Refused(_("No lock is on this account."))
    tries.delete()
    log(person, "people.account.unlock", actor=actor)


@transaction.atomic
def reset_password(person: Person, *, actor: Person) -> str:
    """Give an account a new first password and end its sessions; returns the password, which is told once."""
    if actor.pk == person.pk:
        raise Refused(_("Change your own password on your security page."))
    person = Person.objects.select_for_update().get(pk=person.pk)
    first = _give_first(person)
    end_sessions(person)
    log(person, "people.account.reset_password", actor=actor)
    return first


@transaction.atomic
def reset_second_factor(person: Person, *, actor: Person) -> int:
    """Take away a lost phone's codes and keys, so that the person sets up new ones; returns how many went."""
    if actor.pk == person.pk:
        raise Refused(_("Change your own second factor on your security page."))
    gone, _kinds = Authenticator.objects.filter(user=person).delete()
    if not gone:
        raise Refused(_("No second factor is set up for this account."))
    log(person, "people.account.reset_second_factor", actor=actor, after={"removed": gone})
    return int(gone)


def end_sessions(person: Person, *, but: str = "") -> int:
    """End every session of a person but the one with this key; returns how many ended."""
    ended = 0
    for session in UserSession.objects.filter(user=person).exclude(session_key=but):
        session.end()
        ended += 1
    return ended
