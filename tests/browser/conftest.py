"""A real Chromium, an office machine and a phone; what the console or the content policy complains of fails the test."""

import os
import shutil
import time

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the test's own thread

OFFICE = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 800}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# what a page may rightly cause: refused forms and pages that are not there
EXPECTED = ("status of 403", "status of 404", "status of 409", "status of 422", "status of 429")


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Debian's Chromium, which calls nobody."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("No Chromium here. Install it with: apt-get install chromium", pytrace=False)
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
    return {"executable_path": path, "args": quiet}


def _watched(context, home):
    page = context.new_page()
    page.home, page.complaints = home, []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda line: (
            page.complaints.append(line.text) if line.type == "error" and not any(word in line.text for word in EXPECTED) else None
        ),
    )
    return page


def _page(browser, size, home, **more):
    place = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
    context = browser.new_context(viewport=size, base_url=home, accept_downloads=True, **place, **more)
    context.set_default_timeout(15_000)
    return context, _watched(context, home)


@pytest.fixture
def office(browser, live_server):
    """A page at 1366 × 768."""
    context, page = _page(browser, OFFICE, live_server.url)
    yield page
    context.close()
    assert page.complaints == []


@pytest.fixture
def phone(browser, live_server):
    """A page at 360 × 800, by touch."""
    context, page = _page(browser, PHONE, live_server.url, has_touch=True, is_mobile=True)
    yield page
    context.close()
    assert page.complaints == []


def enter(page, person):
    """Let a person in without the form, for tests that are not about logging in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["in_at"] = session["seen_at"] = int(time.time())  # as the log-in would: from now the session's clocks run
    session.save()
    page.context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": page.home}])


def login(page, username, password):
    """Through the form, as people do."""
    page.goto("/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")


def leave(page):
    """Log out by forgetting the session."""
    page.context.clear_cookies()
