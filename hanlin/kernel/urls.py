"""Addresses of the kernel: papers and their verification, tasks, imports, policy values, working days, the audit trail."""

from django.urls import path

from hanlin.kernel.views import audit, calendar, imports, jobs, papers, policies, styleguide

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
    path("jobs/<uuid:pk>/", jobs.job, name="job"),
    path("jobs/<uuid:pk>/bar", jobs.bar, name="job_bar"),
    path("jobs/<uuid:pk>/cancel", jobs.cancel, name="job_cancel"),
    path("jobs/<uuid:pk>/<str:part>", jobs.file, name="job_file"),
    path("imports/<uuid:pk>/", imports.batch, name="import_batch"),
    path("imports/<uuid:pk>/confirm", imports.confirm, name="import_confirm"),
    path("imports/<uuid:pk>/refused.xlsx", imports.refused, name="import_refused"),
    path("imports/<str:kind>/", imports.upload, name="import"),
    path("imports/<str:kind>/template.xlsx", imports.template, name="import_template"),
    path("policies/", policies.index, name="policies"),
    path("policies/<int:pk>/withdraw", policies.withdraw, name="policy_withdraw"),
    path("policies/<str:code>/", policies.history, name="policy"),
    path("calendar/", calendar.index, name="calendar"),
    path("calendar/<int:pk>/remove", calendar.remove, name="workday_remove"),
    path("audit/", audit.index, name="audit"),
    path("audit/verify", audit.verify, name="audit_verify"),
    path("audit/export", audit.export, name="audit_export"),
]
