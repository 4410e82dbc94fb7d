"""My archive (学习档案): the ledger by year, certificates, what to take away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from courses.domain import certificates
from courses.enums import EnrolmentState
from courses.models import Certificate, Enrolment
from courses.queries import ledger
from courses.queries.hours import standing
from hanlin.kernel.errors import Refused
from hanlin.kernel.views.files import export_response
from hanlin.records.queries.statements import own


def _year(request) -> int:
    """The year asked for, between 2000 and this one; this year otherwise."""
    asked = request.GET.get("year") or request.POST.get("year") or ""
    now = timezone.localdate().year
    return int(asked) if asked.isdecimal() and 2000 <= int(asked) <= now else now


@login_required
@require_GET
@never_cache
def archive(request):
    """One year of the ledger, the certificates, the courses."""
    year, today = _year(request), timezone.localdate()
    entries = ledger.of_year(request.user, year)
    courses = Enrolment.objects.filter(person=request.user, state__in=[EnrolmentState.ACTIVE, EnrolmentState.COMPLETED])
    context = {
        "year": year,
        "years": sorted({today.year, year, *ledger.years(request.user)}, reverse=True),
        "entries": entries[::-1],  # the latest first
        "online": sum(entry.hours for entry in entries if entry.account == "online"),
        "offline": sum(entry.hours for entry in entries if entry.account == "offline"),
        "standing": standing(request.user, on=today) if year == today.year else None,
        "certificates": Certificate.objects.filter(person=request.user)
        .select_related("course", "document")
        .order_by("-issued_on", "-pk"),
        "enrolments": courses.select_related("course").order_by("state", "-started_at"),
    }
    return render(request, "courses/archive.html", context)


@login_required
@require_GET
def ledger_file(request):
    """The ledger of a year as .xlsx."""
    year = _year(request)
    columns = [
        _("Earned on"),
        _("What was studied"),
        _("Ledger account"),
        _("Minutes studied"),
        _("Hours of study"),
        _("Rule"),
        _("Source of the rule"),
        _("Remark"),
    ]
    rows = [
        [
            entry.earned_on,
            entry.title,
            entry.get_account_display(),
            entry.minutes,
            entry.hours,
            entry.rule.get_form_display() if entry.rule else "",
            entry.rule.source if entry.rule else "",
            entry.reason,
        ]
        for entry in ledger.of_year(request.user, year)
    ]
    name = _("Hours of %(year)d, %(name)s") % {"year": year, "name": request.user.name}
    return export_response(name, columns, rows)


@login_required
@require_GET
@never_cache
def records(request):
    """One's own learning records, as they are written."""
    reply = JsonResponse({"statements": own(request.user)}, json_dumps_params={"ensure_ascii": False, "indent": 1})
    reply["Content-Disposition"] = 'attachment; filename="statements.json"'
    return reply


@login_required
@require_POST
def transcript(request):
    """Have the transcript of a year made as a paper."""
    try:
        document = certificates.transcript(request.user, _year(request), on=timezone.localdate())
    except Refused as error:
        messages.error(request, str(error))
        return redirect("courses:archive")
    return redirect("kernel:paper", pk=document.pk)
