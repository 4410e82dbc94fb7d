"""The kernel's part of the demonstration: its papers are issued by the rooms above, and taken away here, last."""

from datetime import date

from hanlin.kernel.domain import papers


def load(*, on: date) -> None:
    """Nothing of its own."""


def remove() -> None:
    """Papers, files and numbers of the demonstration."""
    papers.forget_demo()
