"""The room's own data files."""

from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parent / "data"


def read(name: str) -> Any:
    """A data file, parsed."""
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
