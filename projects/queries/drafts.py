"""The draft of an assessment: what of a page's data is kept, and what it still lacks."""

from typing import Any

from django.utils.translation import gettext as _

from projects.enums import GateOutcome, ItemKind
from projects.models import Form
from projects.queries.merge import tree

LONG = 4000
MOST_ITEMS = 60
GATES, SUMMARY = "gates", "summary"  # parts of the page beside the attributes


def _text(value: Any, most: int = LONG) -> str:
    return value.strip()[:most] if isinstance(value, str) else ""


def cleaned(form: Form, data: dict[str, Any]) -> dict[str, Any]:
    """Only what the form knows, within its scale; whatever else a page sends is dropped in silence."""
    asked = {row.code for row in form.criteria.all() if row.parent_id is not None}
    attributes = {row.code for row in form.criteria.all() if row.parent_id is None}
    gates = {row.code: {code for code, _words in row.said_outcomes} for row in form.gates.all()}
    ratings = {}
    for code, row in _dict(data.get("ratings")).items():
        if code in asked and isinstance(row, dict):
            value = row.get("value")
            value = value if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 5 else None
            ratings[code] = {"value": value, "reason": _text(row.get("reason"))}
    judged = {}
    for code, row in _dict(data.get("gates")).items():
        if code in gates and isinstance(row, dict):
            outcome = row.get("outcome")
            judged[code] = {"outcome": outcome if outcome in gates[code] else "", "comment": _text(row.get("comment"))}
    rows = data.get("items")
    items = [_item(row, attributes) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    kept = [item for item in items if item["text"]][:MOST_ITEMS]
    return {"ratings": ratings, "gates": judged, "items": kept, "comment": _text(data.get("comment"))}


def with_part(form: Form, draft: dict[str, Any], part: str, data: dict[str, Any]) -> dict[str, Any]:
    """The draft with one part of the page written over: an attribute's code, "gates", or "summary"."""
    new = cleaned(form, data)
    old = cleaned(form, draft)
    others = [item for item in old["items"] if item["criterion"] != ("" if part == SUMMARY else part)]
    here = [] if part == GATES else [{**item, "criterion": "" if part == SUMMARY else part} for item in new["items"]]
    return {
        "ratings": {**old["ratings"], **new["ratings"]},
        "gates": {**old["gates"], **new["gates"]},
        "items": cleaned(form, {"items": [*others, *here]})["items"] if part != GATES else old["items"],
        "comment": new["comment"] if part == SUMMARY else old["comment"],
    }


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _item(row: dict[str, Any], attributes: set[str]) -> dict[str, str]:
    criterion = row.get("criterion")
    return {
        "kind": ItemKind.ADVICE.value if row.get("kind") == ItemKind.ADVICE else ItemKind.MUST.value,
        "text": _text(row.get("text")),
        "page": _text(row.get("page"), 40),
        "criterion": criterion if criterion in attributes else "",
    }


def lacking(form: Form, draft: dict[str, Any], reason_at: int) -> list[tuple[str, str]]:
    """(part of the form, what is missing there), in the order of the form; an empty list may be handed in."""
    found = []
    ratings, gates = draft.get("ratings", {}), draft.get("gates", {})
    for attribute, children in tree(form):
        open_ones = [child for child in children if not ratings.get(child.code, {}).get("value")]
        if open_ones:
            words = _("%(attribute)s: %(count)d of %(all)d questions are open")
            found.append((attribute.code, words % {"attribute": attribute, "count": len(open_ones), "all": len(children)}))
        for child in children:
            row = ratings.get(child.code, {})
            if row.get("value") and row["value"] <= reason_at and not row.get("reason"):
                found.append((attribute.code, _("%(attribute)s: give the reason for %(value)d points") % {
                    "attribute": attribute, "value": row["value"],
                }))  # fmt: skip
    for gate in form.gates.order_by("order"):
        row = gates.get(gate.code, {})
        if not row.get("outcome"):
            found.append(("gates", _("%(gate)s: choose an outcome") % {"gate": gate}))
        elif row["outcome"] in (GateOutcome.FAIL, GateOutcome.CONDITIONAL) and not row.get("comment"):
            found.append(("gates", _("%(gate)s: say why, or on what conditions") % {"gate": gate}))
    return found
