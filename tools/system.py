"""What the machine itself must have: looked for, installed where we may, else named in one line.

Standard library alone: it runs before there is an environment.
"""

import ctypes.util
import glob
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """One thing of the system: how to see that it is there, and Debian's packages that bring it."""

    what: str
    present: Callable[[], bool]
    packages: tuple[str, ...]


def _library(name: str) -> bool:
    return ctypes.util.find_library(name) is not None or bool(glob.glob(f"/usr/lib/*/lib{name}.so*"))


def postgres_bin() -> str | None:
    """The folder of initdb and postgres, newest version first."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]), reverse=True)
    for folder in folders:
        if os.path.exists(f"{folder}/initdb"):
            return folder
    found = shutil.which("initdb")
    return os.path.dirname(found) if found else None


def chromium() -> str | None:
    """The browser for the browser tests."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


PANGO = Need(
    "Pango (official papers as PDF)",
    lambda: all(map(_library, ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))),
    ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
)
CHROMIUM = Need("Chromium (browser tests)", lambda: chromium() is not None, ("chromium",))
POSTGRES = Need("PostgreSQL 15 or newer", lambda: postgres_bin() is not None, ("postgresql",))
REDIS = Need("Redis", lambda: shutil.which("redis-server") is not None, ("redis-server",))


def ensure(*needs: Need, required: bool) -> list[Need]:
    """Install what is missing where we may; returns what is still missing.

    With `required`, ends the program with the one line that says what to install.
    """
    missing = [need for need in needs if not need.present()]
    packages = [package for need in missing for package in need.packages]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {', '.join(packages)} …", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=False, **quiet)
        missing = [need for need in needs if not need.present()]
    if missing:
        names = ", ".join(need.what for need in missing)
        line = f"Missing: {names}. Install with: apt-get install {' '.join(packages)}"
        print(line, file=sys.stderr, flush=True)
        if required:
            sys.exit(1)
    return missing
