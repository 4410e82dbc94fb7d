"""The whole site by one command on one machine: web, worker and beat, started and stopped together."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from hanlin.demo_logins import LOGINS, PASSWORD

GRACE = 15  # seconds a child has to finish what it is doing
BIN = Path(sys.executable).parent


class Child:
    """One process of ours, in a session of its own so that Ctrl-C reaches the supervisor alone."""

    def __init__(self, name: str, command: list[str]):
        self.name, self.command = name, command
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, cwd=settings.BASE_DIR, start_new_session=True)  # noqa: S603 - our own words

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def make_stop(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Command(BaseCommand):
    help = "Serve the site on this machine: web, worker and beat together. Ctrl-C stops them and loses nothing."
    stopping = False

    def handle(self, **options):
        self.port = os.environ.get("PORT") or "8000"
        self._prepare()
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        children = self._children()
        for child in children:
            child.start()
        self._wait_for_web(children[0])
        self._welcome()
        while not self.stopping:
            time.sleep(0.3)
            for child in children:
                if child.has_died() and not self.stopping:
                    self.stderr.write(f"{child.name} ended; starting it again")
                    time.sleep(0 if time.monotonic() - child.started > 5 else 2)
                    child.start()
        self.stdout.write("\nStopping; work that was not finished waits for the next start …")
        for child in children:
            child.ask_to_stop()
        until = time.monotonic() + GRACE
        for child in children:
            child.make_stop(until)
        self.stdout.write("Stopped.")

    def _stop(self, *args) -> None:
        self.stopping = True

    def _prepare(self) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_reference", verbosity=0)
        self._collect_static()
        if settings.DEMO:
            call_command("load_demo", if_empty=True, verbosity=0, stdout=self.stdout)

    def _collect_static(self) -> None:
        """Gather the static files, unless those gathered were made from the same ones."""
        digest = hashlib.sha256()
        for source in (settings.BASE_DIR / "hanlin" / "static", settings.BASE_DIR / "assets"):
            for path in sorted(source.rglob("*")):
                if path.is_file():
                    stat = path.stat()
                    digest.update(f"{path}{stat.st_mtime_ns}{stat.st_size}".encode())
        digest.update((settings.BASE_DIR / "requirements.lock").read_bytes())
        mark = settings.VAR / "static.stamp"
        if settings.STATIC_ROOT.exists() and mark.exists() and mark.read_text() == digest.hexdigest():
            return
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        mark.write_text(digest.hexdigest())

    def _children(self) -> list[Child]:
        gunicorn = [
            str(BIN / "gunicorn"), "hanlin.wsgi", "--bind", f"0.0.0.0:{self.port}", "--worker-class", "gthread", "--workers", "1",
            "--threads", "8", "--timeout", "120", "--graceful-timeout", "10", "--log-level", "warning",
        ]  # fmt: skip
        celery = [str(BIN / "celery"), "-A", "hanlin"]
        beat = str(settings.VAR / "beat")
        return [
            Child("web", gunicorn),
            Child("worker", [*celery, "worker", "--loglevel", "warning", "--without-gossip", "--without-mingle"]),
            Child("beat", [*celery, "beat", "--loglevel", "warning", "--schedule", beat, "--pidfile="]),
        ]

    def _wait_for_web(self, web: Child) -> None:
        import urllib.error
        import urllib.request

        for _ in range(200):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2):  # noqa: S310 - our own address
                    return
            except (urllib.error.URLError, OSError):
                if web.has_died() or self.stopping:
                    return
                time.sleep(0.1)

    def _welcome(self) -> None:
        self.stdout.write(f"\nHanlin 翰林  {settings.PUBLIC_URL}")
        if settings.DEMO:
            self.stdout.write(f"\nDemo log-ins, password {PASSWORD}\n")
            for login in LOGINS:
                self.stdout.write(f"  {login.username:<10} {login.name}  {login.role_zh} · {login.role_en}")
        self.stdout.write("\nCtrl-C stops web, worker and beat together.")
        self.stdout.flush()
