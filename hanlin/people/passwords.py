"""What a password must be, in words: Django asks these rules whenever one is set."""

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hanlin.people.models import Person

CLASSES_WANTED = 3
_WORD = 4  # shorter names occur in words by chance


def _classes(password: str) -> int:
    """How many of lower case, upper case, digits and other signs occur."""
    tests = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
    return sum(any(test(sign) for sign in password) for test in tests)


class ClassesValidator:
    """At least three of the four kinds of signs (GB/T 22239-2019, 8.1.4.1 a)."""

    def validate(self, password: str, user: Person | None = None) -> None:
        if _classes(password) < CLASSES_WANTED:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return _("The password mixes at least three of: small letters, capital letters, digits, other signs.")


class NameValidator:
    """Nothing in it that stands in the directory: user name, name in pinyin, mobile number."""

    def validate(self, password: str, user: Person | None = None) -> None:
        if user is None:
            return
        known = {user.username, user.pinyin_plain, user.mobile.removeprefix("+86"), user.email.partition("@")[0]}
        if any(len(word) >= _WORD and word.lower() in password.lower() for word in known):
            raise ValidationError(self.get_help_text(), code="password_names_person")

    def get_help_text(self) -> str:
        return _("The password does not contain your name, user name or number.")


class HistoryValidator:
    """None of the passwords that the person had last."""

    def validate(self, password: str, user: Person | None = None) -> None:
        if user is None or user.pk is None:
            return
        kept = user.passwords.order_by("-pk").values_list("sealed", flat=True)[: settings.HANLIN_PASSWORDS_REMEMBERED]
        if any(check_password(password, sealed) for sealed in kept):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def password_changed(self, password: str, user: Person | None = None) -> None:
        """Django calls this after the new password is saved: its hash is kept, the oldest one goes."""
        if user is not None and user.pk is not None:
            user.keep_password()

    def get_help_text(self) -> str:
        return _("The password is none of the last %(n)d.") % {"n": settings.HANLIN_PASSWORDS_REMEMBERED}
