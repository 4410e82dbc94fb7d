from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone

from hanlin.pages.queries.workbench import workbench_of


@login_required
def workbench(request):
    """The person's first page: what is late, what comes next, and how they stand."""
    today = timezone.localdate()
    return render(request, "pages/workbench.html", {"bench": workbench_of(request.user, today), "today": today})
