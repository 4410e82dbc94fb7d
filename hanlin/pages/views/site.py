from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.static import serve as serve_file
from wagtail.views import serve

from hanlin.pages.models import CaseIndexPage, NewsIndexPage, StandardsIndexPage


def front(request):
    """A stranger sees the public home page; whoever is logged in is taken to their workbench."""
    if request.user.is_authenticated:
        return redirect("pages:workbench")
    return serve(request, "")


def public(request):
    """The public home page, for those who are logged in too."""
    return serve(request, "")


def news(request):
    return _section(request, NewsIndexPage)


def standards(request):
    return _section(request, StandardsIndexPage)


def cases(request):
    return _section(request, CaseIndexPage)


@cache_control(max_age=86400, public=True)
def image(request, name):
    """Images of articles, made small by Wagtail. They are public; nothing else under MEDIA_ROOT is served."""
    return serve_file(request, name, document_root=settings.MEDIA_ROOT / "images")


def _section(request, model):
    """A section by its kind, wherever an editor has put it."""
    page = model.objects.live().first()
    if page is None or not page.url:
        raise Http404
    if page.url != request.path:
        return redirect(page.url)
    return serve(request, request.path.lstrip("/"))
