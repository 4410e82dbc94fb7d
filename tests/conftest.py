import os
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest
from celery import current_app
from django.conf import settings as project
from django.db import connection

from tests import celery_app, full_text
from tests.world import World


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Without migrations SQLite would keep the search index in a plain table: make it the full-text one, as they do."""
    with django_db_blocker.unblock():
        full_text.ensure()


@pytest.fixture
def world(db):
    """Two provinces, their bodies, and one person of every role of the permission table."""
    return World.make()


@pytest.fixture(autouse=True)
def _calm(settings):
    """No test shares cached values or policy days with another; a Redis of several test processes is not emptied for it."""
    from hanlin.kernel.queries.calendar import forget_stored_days

    cache = project.CACHES["default"]
    settings.CACHES = {"default": {**cache, "KEY_PREFIX": uuid4().hex}}
    forget_stored_days()


class Worker:
    """A real Celery worker beside the test: another process, the test's database, a queue of its own."""

    def __init__(self, queue: str):
        self.queue = queue
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        env = os.environ | {
            "HANLIN_TEST_WORKER": "1",
            "HANLIN_TEST_DATABASE": str(connection.settings_dict["NAME"]),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        command = [str(Path(sys.executable).parent / "celery"), "-A", "tests.celery_app", "worker"]
        command += ["--pool", "threads", "--concurrency", "1", "--loglevel", "error"]
        command += ["--without-gossip", "--without-mingle", "-Q", self.queue]
        self.process = subprocess.Popen(command, env=env, cwd=project.BASE_DIR, start_new_session=True)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@pytest.fixture
def worker(transactional_db):
    """Jobs of this test are done by a real worker process, not in place."""
    queue = f"test-{os.getpid()}-{time.monotonic_ns()}"
    celery_app.register()
    running = Worker(queue)
    conf = current_app.conf
    was = conf.task_always_eager, conf.task_default_queue
    conf.task_always_eager, conf.task_default_queue = False, queue
    running.start()
    try:
        yield running
    finally:
        running.stop()
        conf.task_always_eager, conf.task_default_queue = was


@pytest.fixture
def time_machine_at():
    """Sets the clock: time_machine_at(moment); set back after the test."""
    import time_machine

    running = []

    def travel(moment):
        if running:
            running.pop().stop()
        traveller = time_machine.travel(moment, tick=True)
        traveller.start()
        running.append(traveller)

    yield travel
    for traveller in running:
        traveller.stop()
