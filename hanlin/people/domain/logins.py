"""The trail of who came in, who left, who failed. No password and no typed number is ever written."""

from hanlin.kernel.crypto import blind_index
from hanlin.kernel.domain.audit import log
from hanlin.people.models import Person
from hanlin.people.queries.logins import by_login


def came_in(person: Person, *, by: str) -> None:
    """A log-in that succeeded; `by` names the kinds of proof, e.g. "password, totp"."""
    log(person, "people.login.in", actor=person, after={"by": by})


def went_out(person: Person, *, why: str) -> None:
    """A log-out: asked for, idle for too long, or after the whole working day."""
    log(person, "people.login.out", actor=person, after={"why": why})


def failed(login: str) -> None:
    """A log-in that failed. Of a name that nobody has only a keyed digest is kept."""
    person = by_login(login)
    if person is not None:
        log(person, "people.login.failed", actor=None)
    else:
        log(Person(name="?"), "people.login.failed", actor=None, after={"login": blind_index(login.strip().lower())[:16]})
