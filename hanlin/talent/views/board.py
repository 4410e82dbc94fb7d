"""The decision board: a sentence with the facts, then figures that each say where they come from."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hanlin.kernel.domain import jobs
from hanlin.kernel.tables.write import xlsx_bytes
from hanlin.talent.enums import LATE, Bucket, IndicatorCode, Level
from hanlin.talent.queries.board import board_for, by_province, hours_by_body, paths_of, percent
from hanlin.talent.queries.charts import ageing_option, profile_option, sentence, spoken
from hanlin.talent.queries.exports import table_of
from hanlin.talent.tasks import REFRESH

MAPS = (IndicatorCode.HOURS, IndicatorCode.COMMITTEES, IndicatorCode.REVIEWS, IndicatorCode.FINDINGS)
BOUNDS = {
    IndicatorCode.HOURS: (75, 80, 85, 90),
    IndicatorCode.COMMITTEES: (25, 50, 75, 100),
    IndicatorCode.REVIEWS: (5, 10, 20, 40),
    IndicatorCode.FINDINGS: (1, 5, 10, 20),
}  # where the ramp of the map changes its tone: drawing, not judging
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def may(request):
    if not request.user.has_perm("talent.view_board"):
        raise PermissionDenied


@login_required
@require_GET
def show(request):
    """The figures of the viewer's scope."""
    may(request)
    today = timezone.localdate()
    figures = board_for(request.user, on=today)
    chosen = request.GET.get("map") if request.GET.get("map") in MAPS else IndicatorCode.HOURS.value
    paths = paths_of(request.user)
    provinces = by_province(chosen, paths)
    bodies = [{"row": row, "share": percent(row.value, row.base)} for row in hours_by_body(paths)[:8]]
    context = {
        "figures": figures,
        "sentence": sentence(figures),
        "maps": [(code.value, figures[code].indicator) for code in MAPS if code in figures],
        "chosen": chosen,
        "chosen_figure": figures.get(chosen),
        "map_values": {code: value for code, (_name, value) in provinces.items()},
        "map_bounds": BOUNDS[IndicatorCode(chosen)],
        "provinces": sorted(provinces.items()),
        "bodies": bodies,
        "stages": _stages(figures),
        "levels": [level.label for level in Level],
        "profile": profile_option(figures.get(IndicatorCode.ATTRIBUTES)),
        "ageing": ageing_option(figures.get(IndicatorCode.FINDINGS)),
        "said": {code: spoken(figure) for code, figure in figures.items()},
        "late_bucket": _latest(figures),
        "today": today,
    }
    return render(request, "talent/board.html", context)


def _latest(figures):
    """The worst span of lateness that has a finding."""
    figure = figures.get(IndicatorCode.FINDINGS)
    late = [part.code for part in figure.parts if part.code in LATE and part.value] if figure else []
    return late[-1] if late else Bucket.AHEAD.value


def _stages(figures):
    """Rows of the funnel with bars scaled to the widest stage."""
    figure = figures.get(IndicatorCode.ECHELON)
    if figure is None:
        return []
    widest = max((part.value for part in figure.parts), default=0)
    rows = []
    for part in figure.parts:
        left, bars = 0.0, []
        for place, value in enumerate(part.by_level, start=1):
            width = round(float(100 * value / widest), 2) if widest else 0
            bars.append({"x": round(left, 2), "width": width, "kind": f"f{place}"})
            left += width
        rows.append({"part": part, "bars": bars, "url": reverse("talent:echelon", args=[part.code])})
    return rows


@login_required
@require_POST
def refresh(request):
    """Start the job that makes the figures again."""
    may(request)
    if not request.user.has_perm("talent.refresh"):
        raise PermissionDenied
    jobs.start(REFRESH, actor=request.user, arguments={}, key="all")
    messages.info(request, _("The figures are being reckoned again. Reload the page in a moment."))
    return redirect("talent:board")


@login_required
@require_GET
def export(request, code):
    """A figure's table as .xlsx, within the viewer's scope, with its definition and as-of time."""
    may(request)
    figures = board_for(request.user, on=timezone.localdate())
    if code not in figures:
        raise Http404
    heads, rows = table_of(figures[code], paths_of(request.user))
    reply = HttpResponse(xlsx_bytes(heads, rows), content_type=XLSX)
    reply["Content-Disposition"] = f'attachment; filename="hanlin-{code}-{timezone.localdate():%Y%m%d}.xlsx"'
    return reply
