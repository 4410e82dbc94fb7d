"""The numbers of regulations, with their sources, for everyone; new ones by the security administrator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hanlin.kernel.domain.policies import set_policy, withdraw_policy
from hanlin.kernel.enums import PolicyMark
from hanlin.kernel.errors import Refused
from hanlin.kernel.forms import PolicyForm
from hanlin.kernel.models import PolicyValue
from hanlin.kernel.queries.policy import region_names


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What holds today, and what is set to hold later."""
    today = timezone.localdate()
    found = PolicyValue.objects.filter(Q(valid_to=None) | Q(valid_to__gt=today)).order_by("code", "region", "valid_from")
    words, mark = request.GET.get("q", "").strip(), request.GET.get("mark", "")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(source__icontains=words) | Q(code__icontains=words))
    if mark in PolicyMark.values:
        found = found.filter(mark=mark)
    page = Paginator(found, 20).get_page(request.GET.get("page"))
    names = region_names()
    rows = [(row, names.get(row.region, row.region), row.valid_from > today) for row in page]
    return render(
        request, "kernel/policies.html", {"page": page, "rows": rows, "marks": PolicyMark.choices, "words": words, "mark": mark}
    )


@login_required
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Every value that a code ever had; the security administrator adds the next."""
    rows = list(PolicyValue.objects.filter(code=code).order_by("region", "-valid_from"))
    if not rows:
        raise Http404("code")
    names, may = region_names(), request.user.has_perm("kernel.change_policy")
    form = PolicyForm(request.POST or None, regions=names) if may else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            try:
                set_policy(code, actor=request.user, **form.cleaned_data)
            except Refused as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The new value is recorded."))
                return redirect("kernel:policy", code=code)
    today = timezone.localdate()
    shown = [(row, names.get(row.region, row.region), row.in_force(today), row.valid_from > today) for row in rows]
    context = {"rows": shown, "first": rows[0], "form": form, "may": may}
    return render(request, "kernel/policy.html", context, status=422 if form is not None and form.errors else 200)


@login_required
@permission_required("kernel.change_policy", raise_exception=True)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a value that does not hold yet."""
    row = get_object_or_404(PolicyValue, pk=pk)
    try:
        withdraw_policy(row, actor=request.user, today=timezone.localdate())
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The value is withdrawn; the one before it goes on."))
    return redirect("kernel:policy", code=row.code)
