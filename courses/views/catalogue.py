"""Finding a course, and a course's page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from courses.domain import enrolments
from courses.enums import Ability, CourseForm, DutyState, Theme
from courses.models import Certificate, Course, Duty
from courses.queries import catalogue as queries
from courses.queries.outline import outline
from hanlin.kernel.errors import Refused

PAGE = 20


def _facets(want: queries.Wanted) -> list[dict]:
    """Facets with their values, how many courses each has, and which are chosen."""
    totals = queries.counts()
    lengths = [("short", _("up to 30 minutes")), ("middle", _("30 to 60 minutes")), ("long", _("over 60 minutes"))]
    facets = (
        ("theme", _("Theme"), Theme.choices, want.themes),
        ("ability", _("Ability"), Ability.choices, want.abilities),
        ("form", _("Required or elective"), CourseForm.choices, want.forms),
        ("length", _("Length"), lengths, want.lengths),
    )
    return [
        {
            "name": name,
            "label": label,
            "values": [
                {"value": value, "label": words, "count": totals[f"{name}:{value}"], "on": value in chosen}
                for value, words in choices
            ],
        }
        for name, label, choices, chosen in facets
    ]


@login_required
@require_GET
@vary_on_headers("HX-Request")
def index(request):
    """The catalogue; htmx gets the list alone."""
    words = request.GET.get("q", "")
    want = queries.wanted(words, {name: request.GET.getlist(name) for name in ("theme", "ability", "form", "length")})
    rows = queries.with_standing(queries.found(want), request.user).order_by("theme", "code")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words[:80], "want": want}
    if request.htmx:
        return render(request, "courses/catalogue_list.html", context)
    return render(request, "courses/catalogue.html", {**context, "facets": _facets(want)})


def visible_course(slug: str) -> Course:
    """A published course, or 404."""
    return get_object_or_404(Course.objects.live().select_related("organisation"), slug=slug)


@login_required
@require_GET
def course(request, slug):
    """What it is about, its outline, and the one next step."""
    row = visible_course(slug)
    plan = outline(row, request.user)
    duties = Duty.objects.filter(person=request.user, assignment__course=row, state=DutyState.OPEN)
    certificate = Certificate.objects.filter(person=request.user, course=row).order_by("-issued_on").first()
    abilities = [ability.get_ability_display() for ability in row.abilities.order_by("sort_order")]
    context = {
        "course": row,
        "outline": plan,
        "duty": duties.order_by("due_on").first(),
        "certificate": certificate,
        "abilities": abilities,
    }
    return render(request, "courses/course.html", context)


@login_required
@require_POST
def start(request, slug):
    """Enter the course and go to the first lesson that is not done."""
    row = visible_course(slug)
    try:
        enrolments.enrol(request.user, row, actor=request.user)
    except Refused as error:
        messages.error(request, str(error))
        return redirect("courses:course", slug=slug)
    step = outline(row, request.user).next_step
    return redirect("courses:lesson", slug=slug, uid=step.lesson.uid) if step else redirect("courses:course", slug=slug)
