"""Finding the person who logs in, by whichever of three names they type."""

from django.core.exceptions import ValidationError

from hanlin.kernel.crypto import blind_index
from hanlin.people.models import Person
from hanlin.people.validators import clean_mobile


def by_mobile(text: str) -> Person | None:
    """The person with this mobile number; the number itself never reaches the database."""
    try:
        number = clean_mobile(text)
    except ValidationError:
        return None
    return Person.objects.filter(mobile_index=blind_index(number)).first()


def by_login(text: str) -> Person | None:
    """The person with this user name, e-mail address or mobile number."""
    login = text.strip()
    if not login:
        return None
    if person := Person.objects.filter(username__iexact=login).first():
        return person
    if "@" in login:
        return Person.objects.filter(email__iexact=login).first()
    return by_mobile(login)
