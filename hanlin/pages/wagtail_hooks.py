from django.http import Http404
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from hanlin.pages.models import CaseIndexPage, CasePage, HomePage, NewsIndexPage, NewsPage, StandardPage, StandardsIndexPage

PUBLIC = (HomePage, NewsIndexPage, NewsPage, StandardsIndexPage, StandardPage, CaseIndexPage, CasePage)


@hooks.register("before_serve_page")
def only_public_kinds(page, request, args, kwargs):
    """Pages of other rooms stand in the same tree (courses); their own addresses decide who sees them."""
    if not isinstance(page, PUBLIC):
        raise Http404


@hooks.register("insert_global_admin_css")
def admin_css():
    """Our colours and faces in the editors' rooms."""
    return format_html('<link rel="stylesheet" href="{}">', static("hanlin/css/cms.css"))


@hooks.register("construct_main_menu")
def fewer_places(request, items):
    """Editors see what they work with; the rest of Wagtail's menu is not theirs."""
    items[:] = [item for item in items if item.name not in {"help", "settings"}]
