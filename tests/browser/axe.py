"""Accessibility as axe-core judges it: WCAG 2.2, levels A and AA."""

from pathlib import Path

from django.conf import settings

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page, without: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds on the page as it stands: rule, place and why, one line each."""
    script = Path(settings.BASE_DIR) / "assets" / "vendor" / "axe.min.js"
    page.evaluate(script.read_text(encoding="utf-8") + ";undefined")
    options = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {rule: {"enabled": False} for rule in without}}
    found = page.evaluate("(options) => axe.run(document, options)", options)["violations"]
    nodes = [(rule["id"], node) for rule in found for node in rule["nodes"]]
    return [f"{rule}: {node['target']} {node['failureSummary'].splitlines()[1].strip()}" for rule, node in nodes]


def sideways(page) -> int:
    """How many pixels the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
