from django.urls import path

from hanlin.talent.views import board, rows

app_name = "talent"

urlpatterns = [
    path("", board.show, name="board"),
    path("refresh/", board.refresh, name="refresh"),
    path("hours/", rows.hours, name="hours"),
    path("hours/<int:pk>/", rows.hours_of, name="hours_of"),
    path("echelon/<slug:stage>/", rows.echelon, name="echelon"),
    path("reviews/<slug:step>/", rows.reviews, name="reviews"),
    path("attributes/<slug:code>/", rows.attributes, name="attributes"),
    path("findings/<slug:bucket>/", rows.findings, name="findings"),
    path("<slug:code>.xlsx", board.export, name="export"),
]
