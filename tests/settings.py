"""The project's settings, made quick and quiet for tests; the same for SQLite and PostgreSQL."""

import os
from pathlib import Path

os.environ["HANLIN_VAR"] = os.environ.get("HANLIN_TEST_VAR") or str(Path(__file__).resolve().parent.parent / "var" / "tests")

from hanlin.settings import *
from hanlin.settings import DATABASE_URL, DATABASES, STORAGES, VAR

DEMO = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PUBLIC_URL = "http://testserver"
HANLIN_SECOND_FACTOR_REQUIRED = False  # tests that mean it switch it on
ALLOWED_HOSTS = ["*"]
# A real worker runs beside the browser tests of the services run; everywhere else the bell is answered at once.
CELERY_TASK_ALWAYS_EAGER = not os.environ.get("HANLIN_TEST_WORKER")
if not DATABASE_URL:
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}  # a file: live-server threads see what the test writes
else:
    DATABASES["default"]["OPTIONS"].pop("pool", None)  # a pool would keep the test database from being dropped
if name := os.environ.get("HANLIN_TEST_DATABASE"):  # the worker of the browser tests joins the test's database
    DATABASES["default"]["NAME"] = name
