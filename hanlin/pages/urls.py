from django.urls import path

from hanlin.pages.views import desk, search, site, workbench

app_name = "pages"
urlpatterns = [
    path("", site.front, name="front"),
    path("home/", site.public, name="public"),
    path("workbench/", workbench.workbench, name="workbench"),
    path("search/", search.search, name="search"),
    path("news/", site.news, name="news"),
    path("standards/", site.standards, name="standards"),
    path("cases/", site.cases, name="cases"),
    path("media/images/<path:name>", site.image, name="image"),
    path("cms/login/", desk.login, name="cms_login"),  # before Wagtail's own
]
