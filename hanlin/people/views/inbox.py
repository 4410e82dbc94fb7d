from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from hanlin.people.domain import notices as domain
from hanlin.people.models import Notice
from hanlin.people.queries import inbox as queries

PAGE = 20
SHOWS = ("", "unread", "todo", "late")


@login_required
@require_GET
def inbox(request):
    """The person's notices, 20 a page, filtered to what is unread, to do or late."""
    show = request.GET.get("show", "") if request.GET.get("show", "") in SHOWS else ""
    page = Paginator(queries.notices_of(request.user, show), PAGE).get_page(request.GET.get("page"))
    return render(request, "people/inbox.html", {"page": page, "show": show, "counts": queries.counts_of(request.user)})


@login_required
@require_POST
def read(request):
    """Mark the chosen notices, or all, as read."""
    if request.POST.get("all"):
        domain.read_all(request.user)
    else:
        domain.read(request.user, [int(pk) for pk in request.POST.getlist("notice") if pk.isdigit()])
    show = request.POST.get("show", "")
    return redirect(f"{reverse('people:inbox')}?show={show}" if show in SHOWS and show else reverse("people:inbox"))


@login_required
@require_POST
def open_notice(request, pk):
    """Mark one notice as read and go where it points."""
    notice = get_object_or_404(Notice, pk=pk, person=request.user)
    domain.read(request.user, [notice.pk])
    safe = notice.url.startswith("/") and url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if safe else "people:inbox")
