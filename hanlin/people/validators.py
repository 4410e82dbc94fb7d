"""Checks of Chinese identifiers: pure functions over text, each raising ValidationError in words."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def clean_citizen_id(text: str, *, today: date) -> str:
    """An 18-character citizen identification number by GB 11643-1999, upper case.

    The region is not checked: regions are abolished and 81/82/83 are valid.
    """
    number = text.strip().upper()
    if not re.fullmatch(r"\d{17}[\dX]", number):
        raise ValidationError(
            _("A citizen ID number has 18 characters; this one has %(n)d or holds other signs.") % {"n": len(number)}
        )
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise ValidationError(_("The birth date inside the citizen ID number does not exist.")) from None
    if born > today:
        raise ValidationError(_("The birth date inside the citizen ID number lies in the future."))
    rest = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False)) % 11
    if number[17] != "10X98765432"[rest]:
        raise ValidationError(_("The last character of the citizen ID number does not fit the others; compare it with the card."))
    return number


def clean_credit_code(text: str) -> str:
    """An 18-character unified social credit code by GB 32100-2015, upper case."""
    code = text.strip().upper()
    if len(code) != 18 or set(code) - set(_CREDIT_ALPHABET):
        raise ValidationError(_("A unified social credit code has 18 characters without I, O, S, V, Z."))
    total = sum(_CREDIT_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    if _CREDIT_ALPHABET[-total % 31] != code[17]:
        raise ValidationError(_("The last character of the unified social credit code does not fit the others."))
    return code


def clean_mobile(text: str) -> str:
    """A mainland mobile number as E.164 (+86…)."""
    digits = re.sub(r"[\s-]", "", text)
    digits = digits.removeprefix("+86").removeprefix("0086")
    if not re.fullmatch(r"1[3-9]\d{9}", digits):
        raise ValidationError(_("A mobile number has 11 digits and begins with 1."))
    return f"+86{digits}"
