"""Make the environment: Python packages from the lock, front-end files from the npm lock, translations compiled.

Standard library alone. Quick when nothing has changed: each step keeps a stamp of what it was made from.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import system

BASE = Path(__file__).resolve().parent.parent
VENV = BASE / ".venv"
PYTHON = VENV / "bin" / "python"


def stamp(*paths: Path) -> str:
    """A digest of the files' contents."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def run(*command: object, **kwargs: object) -> None:
    """Run a step; end with its exit code where it fails."""
    done = subprocess.run([str(word) for word in command], cwd=BASE, check=False, **kwargs)
    if done.returncode:
        sys.exit(done.returncode)


def environment(lock: Path) -> None:
    """The virtual environment with just what the lock names."""
    mark = VENV / "hanlin-lock"
    made_from = stamp(lock, BASE / "tools" / "uv.lock")
    if PYTHON.exists() and mark.exists() and mark.read_text().split() == [made_from, sys.version.split()[0]]:
        return
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever types make may have an older one
        sys.exit(f"Hanlin needs Python 3.11 or newer; this is {sys.version.split()[0]}. Call make with PYTHON=/path/to/python3.11")
    if not PYTHON.exists():
        print("Making the environment …", flush=True)
        made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False)
        if made.returncode:
            shutil.rmtree(VENV, ignore_errors=True)
            system.ensure(system.Need("Python's venv module", lambda: False, ("python3-venv",)), required=False)
            run(sys.executable, "-m", "venv", VENV)
    print("Installing Python packages from the lock …", flush=True)
    run(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", BASE / "tools" / "uv.lock")
    run(VENV / "bin" / "uv", "pip", "sync", "-q", "--require-hashes", lock, env=os.environ | {"VIRTUAL_ENV": str(VENV)})
    mark.write_text(f"{made_from} {sys.version.split()[0]}")


def translations() -> None:
    """The compiled catalogues, where a .po file is newer or its .mo is missing."""
    folders = [BASE / "hanlin", BASE / "courses", BASE / "committees", BASE / "projects"]
    sources = [po for folder in folders for po in folder.glob("**/locale/zh_Han*/LC_MESSAGES/django.po")]
    stale = [po for po in sources if not (mo := po.with_suffix(".mo")).exists() or mo.stat().st_mtime < po.stat().st_mtime]
    if stale:
        run(PYTHON, BASE / "manage.py", "catalogues", "--compile")


def main() -> None:
    """Everything that must stand before the site or its tests can run."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--dev", action="store_true", help="also what tests and lint need")
    options.add_argument("--browser", action="store_true", help="also Chromium; end where it cannot be had")
    options.add_argument("--services", action="store_true", help="also PostgreSQL and Redis; end where they cannot be had")
    chosen = options.parse_args()
    # an environment that has the tests' packages serves the demo too: do not take them away again
    dev = chosen.dev or (VENV / "bin" / "pytest").exists()
    environment(BASE / ("requirements-dev.lock" if dev else "requirements.lock"))
    system.ensure(system.PANGO, required=chosen.dev)
    if chosen.browser:
        system.ensure(system.CHROMIUM, required=True)
    if chosen.services:
        wanted = [
            need for name, need in (("DATABASE_URL", system.POSTGRES), ("REDIS_URL", system.REDIS)) if not os.environ.get(name)
        ]
        system.ensure(*wanted, required=True)
    run(PYTHON, BASE / "tools" / "frontend.py")
    translations()


if __name__ == "__main__":
    main()
