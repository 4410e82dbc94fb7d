"""Working days: Monday to Friday, but for the days that the State Council's notice moves.

The stored table comes first; `chinesecalendar` fills the years it knows (to 2026); beyond both,
Monday to Friday counts and `is_certain` says no.
"""

import time
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

from hanlin.kernel.models import Workday


@lru_cache(maxsize=40)
def _stored(year: int, age: int) -> dict[date, bool]:
    return dict(Workday.objects.filter(date__year=year).values_list("date", "works"))


def _exceptions(year: int) -> dict[date, bool]:
    """The year's table, at most five minutes old: another process may have changed it."""
    return _stored(year, int(time.monotonic() // 300))


def forget_stored_days() -> None:
    """Call after the table has changed; other processes see it within five minutes."""
    _stored.cache_clear()


def is_working_day(day: date) -> bool:
    """True where offices are open on `day`."""
    stored = _exceptions(day.year).get(day)
    if stored is not None:
        return stored
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def is_certain(day: date) -> bool:
    """False where neither the table nor the library knows the year's holidays yet."""
    if _exceptions(day.year):
        return True
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


def add_working_days(day: date, count: int) -> date:
    """The day `count` ≥ 0 working days after `day`; 0 gives `day` itself."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_left(due: date, today: date) -> int:
    """Working days from `today` to `due`: 0 on the day itself, negative when late."""
    if due < today:
        return -working_days_left(today, due)
    days = (today + timedelta(days=n + 1) for n in range((due - today).days))
    return sum(is_working_day(day) for day in days)
