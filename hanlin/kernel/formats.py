"""How hours, money and dates are written on pages, in Chinese and in English."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hanlin.kernel.queries.calendar import working_days_left

SOON = 3  # working days: from here on a date is shown as soon
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def is_chinese() -> bool:
    """Whether the page is in Simplified or Traditional Chinese."""
    return (get_language() or "zh").startswith("zh")


def number(value: object, places: int = 1) -> str:
    """Thousands by comma, at most `places` decimals, no zeros at the end: 1,234.5."""
    try:
        amount = round(Decimal(str(value)), places)
    except InvalidOperation:
        return ""
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(value: date | datetime | None, *, year: bool | None = None) -> str:
    """2026年11月22日, without the year when it is this one; `year` says otherwise."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    shown = value.year != timezone.localdate().year if year is None else year
    if is_chinese():
        return (f"{value.year}年" if shown else "") + f"{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]}" + (f" {value.year}" if shown else "")


def clock(value: datetime | None) -> str:
    """14:32, in local time."""
    return f"{timezone.localtime(value):%H:%M}" if value else ""


def moment(value: datetime | None) -> str:
    """11月25日17:00; in English 25 Nov, 17:00."""
    if value is None:
        return ""
    return f"{day(value)}{'' if is_chinese() else ', '}{clock(value)}"


def day_range(first: date, last: date) -> str:
    """11月23日至27日; a range over months or years names them."""
    if first == last:
        return day(first)
    if not is_chinese():
        return f"{day(first)} to {day(last)}"
    same = (first.year, first.month) == (last.year, last.month)
    return f"{day(first)}至{last.day}日" if same else f"{day(first)}至{day(last, year=None if first.year == last.year else True)}"


def weekday(value: date) -> str:
    """星期一."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[value.weekday()]


def due_words(value: date | datetime | None, today: date | None = None) -> tuple[str, str]:
    """(state, words) of a deadline: late, soon or plain, counted in working days."""
    if value is None:
        return "", ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    today = today or timezone.localdate()
    if value == today:
        return "soon", _("Due today")
    left = working_days_left(value, today)
    if value < today:
        late = max(-left, 1)  # due on a Saturday, seen on Sunday: late, though no office day has passed
        return "late", ngettext("%(count)d working day late", "%(count)d working days late", late) % {"count": late}
    words = ngettext("%(count)d working day left", "%(count)d working days left", left) % {"count": left}
    return ("soon" if left <= SOON else "plain"), words


def wan(value: object) -> str:
    """Ten thousands of yuan as people say them: 4,860万元; in English 48.6 million yuan."""
    if value in (None, ""):
        return ""
    if is_chinese():
        return f"{number(value, 2)}万元"
    return _("%(amount)s million yuan") % {"amount": number(Decimal(str(value)) / 100, 2)}
