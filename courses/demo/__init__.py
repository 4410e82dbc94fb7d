"""The demo's courses, studies and hours: `load(on=…)`, `remove()`."""

from courses.demo.load import load, remove

__all__ = ["load", "remove"]
