"""The roster's columns: what each cell must be, in words that whoever fills in the table can act on."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanlin.kernel.tables import Column, TableSpec, as_choice, as_date, as_text
from hanlin.people.enums import Gender, RankSystem
from hanlin.people.models import Organisation, OrganisationName, Rank
from hanlin.people.validators import clean_citizen_id, clean_mobile

_USERNAME_SIGNS = set("abcdefghijklmnopqrstuvwxyz0123456789._-")
_AHEAD = timedelta(days=90)  # an appointment may be announced before it begins
MOST_ROWS = 5000


def _name(text: str) -> str:
    name = as_text(60)(text).replace(" ", "").replace("\u3000", "")
    if len(name) < 2 or any(sign.isdigit() for sign in name):
        raise ValueError(_("“%(text)s” does not look like a person's name") % {"text": text[:20]})
    return str(name)


def _username(text: str) -> str:
    login = text.lower()
    if not 3 <= len(login) <= 60 or set(login) - _USERNAME_SIGNS or not login[0].isalpha():
        raise ValueError(_("a user name begins with a letter and has 3 to 60 letters, digits, dots or dashes"))
    return login


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise ValueError(_("“%(text)s” is not an e-mail address") % {"text": text[:60]}) from error
    return text.lower()


def _citizen_id(text: str) -> str:
    return clean_citizen_id(text, today=timezone.localdate())


def _body() -> Callable[[str], str]:
    """Cleans the name or credit code of a body; the tree is read once, at the first row."""
    known: set[str] = set()

    def clean(text: str) -> str:
        if not known:
            known.update(OrganisationName.objects.values_list("name", flat=True))
            for name, code in Organisation.objects.values_list("name", "credit_code"):
                known.update(filter(None, (name, code)))
        word = text.upper() if text.upper() in known else text
        if word not in known:
            raise ValueError(_("no body is called “%(word)s”; write its full name or its credit code") % {"word": text[:60]})
        return word

    return clean


def _rank(system: RankSystem) -> Callable[[str], Any]:
    return as_choice({rank.name: rank for rank in Rank.objects.filter(system=system).order_by("order")})


def _names(system: RankSystem) -> tuple[str, ...]:
    return tuple(Rank.objects.filter(system=system).order_by("order").values_list("name", flat=True))


def spec() -> TableSpec:
    """The table as of today: the ranks come from the database, the bounds of dates from the calendar."""
    today = timezone.localdate()
    return TableSpec(
        max_rows=MOST_ROWS,
        unique=[("citizen_id",), ("mobile",), ("email",), ("username",), ("name", "organisation", "born_on")],
        columns=[
            Column("name", gettext_lazy("Person's name"), ("姓名",), required=True, clean=_name, example="顾昀"),
            Column(
                "username",
                gettext_lazy("User name"),
                ("用户名", "账号", "登录名"),
                clean=_username,
                hint=gettext_lazy("Left empty, it is made from the pinyin of the name."),
                example="guyun",
            ),
            Column(
                "gender",
                gettext_lazy("Gender"),
                ("性别",),
                clean=as_choice({"男": Gender.MALE, "女": Gender.FEMALE}),
                empty=Gender.UNKNOWN,
                choices=("男", "女"),
                example="男",
                width=8,
            ),
            Column(
                "born_on",
                gettext_lazy("Date of birth"),
                ("出生日期", "出生年月日"),
                clean=as_date(date(today.year - 100, 1, 1), date(today.year - 16, today.month, 1)),
                empty=None,
                example="1992-03-01",
            ),
            Column(
                "citizen_id",
                gettext_lazy("Citizen ID number"),
                ("公民身份号码", "身份证号", "身份证号码"),
                clean=_citizen_id,
                hint=gettext_lazy("Leave it empty unless fees are to be paid; it is stored encrypted."),
                width=22,
            ),
            Column("mobile", gettext_lazy("Mobile number"), ("手机号", "手机号码", "移动电话"), clean=clean_mobile, text=False),
            Column("email", gettext_lazy("E-mail"), ("邮箱", "电子邮箱", "电子邮件"), clean=_email, width=26),
            Column(
                "organisation",
                gettext_lazy("Body"),
                ("单位", "所在单位", "工作单位"),
                required=True,
                clean=_body(),
                hint=gettext_lazy("The body's full name, or its unified social credit code."),
                example="云澜市数据局",
                width=28,
            ),
            Column("title", gettext_lazy("Post"), ("职务", "岗位"), required=True, clean=as_text(80), example="副局长", width=20),
            Column(
                "level",
                gettext_lazy("Leading post level"),
                ("领导职务层次", "职务层次"),
                clean=_rank(RankSystem.LEADERSHIP),
                empty=None,
                choices=_names(RankSystem.LEADERSHIP),
                example="县处级副职",
            ),
            Column(
                "grade",
                gettext_lazy("Civil grade"),
                ("职级",),
                clean=_rank(RankSystem.GRADE),
                empty=None,
                choices=_names(RankSystem.GRADE),
                example="四级调研员",
            ),
            Column(
                "started_on",
                gettext_lazy("In the post since"),
                ("任职日期", "任职时间"),
                clean=as_date(date(1970, 1, 1), today + _AHEAD),
                empty=None,
                hint=gettext_lazy("Left empty, it is the day of the import."),
                example="2024-01-01",
            ),
        ],
    )
