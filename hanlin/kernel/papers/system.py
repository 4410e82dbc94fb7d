"""What the papers need of the machine, said in one line. Loads nothing of Django, so that the Makefile can ask."""

import ctypes.util
import sys

LIBRARIES = {  # name for the loader → Debian package
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}


def missing_packages() -> list[str]:
    """Debian names of the libraries that WeasyPrint would not find."""
    return [package for library, package in LIBRARIES.items() if ctypes.util.find_library(library) is None]


def complaint() -> str:
    """One line that says what to install, or an empty one."""
    missing = missing_packages()
    return f"Papers (PDF) need: apt-get install {' '.join(missing)}" if missing else ""


if __name__ == "__main__":
    sys.exit(complaint() or 0)
