"""The working-day table: what breaks the ordinary week, year by year."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanlin.kernel.domain.workdays import remove_workday, set_workday
from hanlin.kernel.errors import Refused
from hanlin.kernel.forms import WorkdayForm
from hanlin.kernel.models import Workday
from hanlin.kernel.queries.calendar import is_certain, is_working_day


def _year(request: HttpRequest) -> int:
    this = timezone.localdate().year
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and 2004 <= int(asked) <= this + 10 else this


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """A year's exceptional days and how many working days it has; the system administrator adds days."""
    may = request.user.has_perm("kernel.change_calendar")
    form = WorkdayForm(request.POST or None) if may else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            given = form.cleaned_data
            try:
                row = set_workday(
                    given["date"], works=given["works"], name=given["name"], source=given["source"], actor=request.user
                )
            except Refused as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The day is recorded."))
                return redirect(f"{reverse('kernel:calendar')}?year={row.date.year}")
    year = _year(request)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366 if date(year, 12, 31).timetuple().tm_yday == 366 else 365)]
    context = {
        "year": year,
        "years": range(timezone.localdate().year - 1, timezone.localdate().year + 3),
        "rows": Workday.objects.filter(date__year=year).order_by("date"),
        "count": sum(is_working_day(day) for day in days),
        "certain": is_certain(date(year, 6, 1)),
        "form": form,
        "may": may,
    }
    return render(request, "kernel/calendar.html", context, status=422 if form is not None and form.errors else 200)


@login_required
@permission_required("kernel.change_calendar", raise_exception=True)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the ordinary week decide about a day again."""
    row = get_object_or_404(Workday, pk=pk)
    year = row.date.year
    remove_workday(row, actor=request.user)
    messages.success(request, _("The day is removed."))
    return redirect(f"{reverse('kernel:calendar')}?year={year}")
