"""The rows behind each figure: one click from the board, limited to what the viewer may see."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import DecimalField, ExpressionWrapper, F, Q, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hanlin.people.models import Organisation
from hanlin.talent.enums import Bucket, IndicatorCode, StageCode
from hanlin.talent.models import EchelonStage, Indicator
from hanlin.talent.queries.board import bodies_under, hours_by_body, paths_of, percent
from hanlin.talent.queries.echelon import posts_at
from hanlin.talent.queries.hours import cadres, with_hours
from hanlin.talent.queries.works import bucket_of, issued_ratings, open_findings, reviews_at
from hanlin.talent.views.board import may
from projects.enums import Step
from projects.models import Criterion

WHOLE = DecimalField(max_digits=14, decimal_places=4)


def _page(request, rows):
    return Paginator(rows, 20).get_page(request.GET.get("page"))


def _scoped(request):
    """Organisations in the viewer's scope, as a subquery."""
    return Organisation.objects.filter(bodies_under(paths_of(request.user))).values("pk")


def _shown(request, template, figure, **context):
    indicator = get_object_or_404(Indicator, code=figure)
    return render(request, f"talent/{template}.html", {"indicator": indicator, "today": timezone.localdate(), **context})


@login_required
@require_GET
def hours(request):
    """Bodies with the share of their cadres who meet both requirements."""
    may(request)
    page = _page(request, hours_by_body(paths_of(request.user)))
    for row in page:
        row.share = percent(row.value, row.base)
    return _shown(request, "hours", IndicatorCode.HOURS, page=page)


@login_required
@require_GET
def hours_of(request, pk):
    """The cadres of one body with what they have and what is asked of them."""
    may(request)
    body = get_object_or_404(Organisation.objects.filter(bodies_under(paths_of(request.user))), pk=pk)
    today = timezone.localdate()
    posts = with_hours(cadres(today).filter(organisation=body), today).select_related("person", "level", "grade")
    if request.GET.get("short"):
        posts = posts.filter(met=False)
    page = _page(request, posts.order_by("met", "person__pinyin", "pk"))
    return _shown(request, "hours_of", IndicatorCode.HOURS, page=page, body=body, short=bool(request.GET.get("short")))


@login_required
@require_GET
def echelon(request, stage):
    """The people at a stage of the echelon."""
    may(request)
    if stage not in StageCode.values:
        raise Http404
    posts = posts_at(stage, timezone.localdate()).filter(organisation__in=_scoped(request))
    page = _page(
        request, posts.select_related("person", "organisation__region").order_by("organisation__path", "person__pinyin", "pk")
    )
    named = EchelonStage.objects.order_by("order")
    return _shown(request, "echelon", IndicatorCode.ECHELON, page=page, stage=stage, stages=named)


@login_required
@require_GET
def reviews(request, step):
    """Running reviews at a step."""
    may(request)
    if step not in Step.values:
        raise Http404
    rows = reviews_at(step).filter(project__owner__in=_scoped(request))
    rows = rows.select_related("project__owner", "definition").order_by("due_on", "pk")
    return _shown(request, "reviews", IndicatorCode.REVIEWS, page=_page(request, rows), step=step, steps=list(Step))


@login_required
@require_GET
def attributes(request, code):
    """Issued reviews with their mean of one attribute, the lowest first."""
    may(request)
    attribute = Criterion.objects.filter(parent=None, code=code).order_by("-form__version").first()
    if attribute is None:
        raise Http404
    rows = _means(issued_ratings().filter(criterion__parent__code=code), _scoped(request))
    return _shown(
        request, "attributes", IndicatorCode.ATTRIBUTES, page=_page(request, rows), attribute=attribute, code=code,
        others=Criterion.objects.filter(parent=None, form=attribute.form_id).order_by("order"),
    )  # fmt: skip


def _means(ratings, bodies):
    """One row per review: its project, owner, number and weighted mean, the lowest first."""
    review = "assessment__seat__panel__round__review"
    rows = ratings.filter(**{f"{review}__project__owner__in": bodies}).order_by()
    rows = rows.values(
        review=F(review),
        project=F(f"{review}__project__name"),
        owner=F(f"{review}__project__owner__name"),
        number=F(f"{review}__number"),
    )
    mean = Sum(F("value") * F("criterion__weight"), output_field=WHOLE) / Sum("criterion__weight", output_field=WHOLE)
    return rows.annotate(mean=ExpressionWrapper(mean, output_field=WHOLE)).order_by("mean", "review")


@login_required
@require_GET
def findings(request, bucket):
    """Open findings of one span of lateness."""
    may(request)
    if bucket not in Bucket.values:
        raise Http404
    today = timezone.localdate()
    rows = open_findings().filter(review__project__owner__in=_scoped(request))
    late = Q(due_on__lt=today)
    rows = rows.filter(late) if bucket != Bucket.AHEAD else rows
    ids = [
        pk
        for pk, state, due_on in rows.order_by().values_list("pk", "state", "due_on")
        if bucket_of(state, due_on, today) == bucket
    ]
    found = open_findings().filter(pk__in=ids).select_related("review__project__owner").order_by("due_on", "pk")
    return _shown(request, "findings", IndicatorCode.FINDINGS, page=_page(request, found), bucket=bucket, buckets=list(Bucket))
