"""Addresses of the kernel: papers and their public verification."""

from django.urls import path

from hanlin.kernel.views import papers, styleguide

app_name = "kernel"
urlpatterns = [
    path("verify/", papers.verify, name="verify"),
    path("verify/<str:code>/", papers.verify_paper, name="verify_paper"),
    path("verify/<str:code>/compare", papers.compare, name="compare_paper"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("papers/<int:pk>/again", papers.again, name="paper_again"),
    path("papers/<int:pk>/pdf", papers.pdf, name="paper_pdf"),
    path("papers/<int:pk>/docx", papers.docx, name="paper_docx"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
