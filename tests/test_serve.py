"""The one command that serves the site: it starts by itself, answers, and stops without losing work."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tools.services import free_port

BASE = Path(__file__).resolve().parent.parent


def _env(folder: Path, port: int) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}}
    return kept | {"HANLIN_VAR": str(folder), "PORT": str(port), "PYTHONUNBUFFERED": "1"}


def _answers(port: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as reply:
                return reply.status == 200
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def _shell(env: dict[str, str], code: str) -> str:
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    return subprocess.run(command, env=env, cwd=BASE, capture_output=True, text=True, check=True).stdout.strip()


def _serve(env: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "manage.py", "serve"]
    return subprocess.Popen(
        command, env=env, cwd=BASE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )


def _stop(process: subprocess.Popen[str]) -> str:
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=40)
    return output


@pytest.mark.slow
def test_serve_starts_answers_stops_and_loses_no_queued_job(tmp_path):
    port = free_port()
    env = _env(tmp_path, port)
    process = _serve(env)
    try:
        assert _answers(port, 120)
    finally:
        output = _stop(process)
    assert (process.returncode, "Stopped." in output, _answers(port, 1)) == (0, True, False), output

    # asked for while nothing runs: the row waits for the next start
    job = _shell(
        env, "from hanlin.kernel.domain.jobs import start; print(start('kernel.verify_audit', actor=None, arguments={}).pk)"
    )

    process = _serve(env)
    try:
        assert _answers(port, 60)
        state, until = "", time.monotonic() + 60
        while state != "done" and time.monotonic() < until:
            time.sleep(1)
            state = _shell(env, f"from hanlin.kernel.models import Job; print(Job.objects.get(pk='{job}').state)")
    finally:
        output = _stop(process)
    assert (state, process.returncode) == ("done", 0), output

    left = subprocess.run(["pgrep", "-f", f"hanlin.wsgi --bind 0.0.0.0:{port}"], capture_output=True, text=True, check=False).stdout
    assert left == ""
