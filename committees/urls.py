from django.urls import path

from committees.views import admission, committees, experts, me

app_name = "committees"

urlpatterns = [
    path("", committees.index, name="index"),
    path("rules/", committees.rules, name="rules"),
    path("<int:pk>/", committees.show, name="committee"),
    path("<int:pk>/history/", committees.history, name="history"),
    path("<int:pk>/seats/new/", committees.seat, name="seat"),
    path("seats/<int:pk>/end/", committees.unseat, name="unseat"),
    path("seats/<int:pk>/correct/", committees.correct, name="correct"),
    path("experts/", experts.index, name="experts"),
    path("experts/<int:pk>/", experts.show, name="expert"),
    path("experts/<int:pk>/ties/", experts.record_tie, name="record_tie"),
    path("ties/<int:pk>/retract/", experts.retract_tie, name="retract_tie"),
    path("check/", experts.check, name="check"),
    path("candidates/", admission.candidates, name="candidates"),
    path("<int:pk>/nominate/<int:person_pk>/", admission.nominate, name="nominate"),
    path("admissions/", admission.index, name="admissions"),
    path("admissions/<int:pk>/", admission.show, name="admission"),
    path("admissions/<int:pk>/<slug:step>/", admission.step, name="admission_step"),
    path("me/", me.show, name="me"),
    path("me/ties/", me.declare, name="declare"),
    path("me/absences/", me.be_away, name="be_away"),
    path("me/absences/<int:pk>/strike/", me.be_back, name="be_back"),
]
