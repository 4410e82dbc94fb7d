"""Every address of the site, room by room."""

from django.http import HttpResponse
from django.urls import include, path


def healthz(request):
    """Answers 200 while the process and its database live."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("hanlin.kernel.urls")),
    path("", include("hanlin.people.urls")),
    path("committees/", include("committees.urls")),
    path("board/", include("hanlin.talent.urls")),
    path("", include("projects.urls")),
    path("courses/", include("courses.urls")),
    path("accounts/", include("hanlin.people.login_urls")),
    path("", include("hanlin.pages.urls")),
    path("cms/", include("wagtail.admin.urls")),
    path("documents/", include("wagtail.documents.urls")),
    path("", include("wagtail.urls")),  # last: every other address is a page of the site, or nothing
]
