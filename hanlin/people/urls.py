"""Addresses of people: their own page, accounts, organisations, grants."""

from django.urls import path

from hanlin.people.views import display

app_name = "people"
urlpatterns = [
    path("me/", display.me, name="me"),
    path("me/display", display.display, name="display"),
]
