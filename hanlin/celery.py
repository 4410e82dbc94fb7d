"""The Celery application: the queue's side of kernel jobs and of every room's tasks.py."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hanlin.settings")
app = Celery("hanlin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
