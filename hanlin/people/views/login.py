from django.conf import settings
from django.shortcuts import render


def locked_out(request, original_response=None, credentials=None):
    """What axes shows while an account is locked: how long, and whom to ask. The same for names that nobody has."""
    return render(
        request, "account/locked.html", {"tries": settings.HANLIN_LOGIN_TRIES, "minutes": settings.HANLIN_LOCK_MINUTES}, status=429
    )
