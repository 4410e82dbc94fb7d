"""The facts that the room starts with: rubric, definitions of the five services, policy values. Loading twice changes nothing."""

import hashlib
import json
from typing import Any

from django.db import transaction

from hanlin.kernel.models import PolicyValue
from projects.models import Criterion, Form, Gate, ReviewDefinition
from projects.reference import read


def _digest(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _pair(text: str) -> dict[str, str]:
    chinese, _bar, english = text.partition(" | ")
    return {"zh": chinese.strip(), "en": english.strip()}


@transaction.atomic
def load() -> None:
    """Write what is missing. A changed rubric or definition becomes a new version; an edited policy row stays."""
    policies = read("policies.yaml")
    for row in policies["values"]:
        values = dict(row)
        PolicyValue.objects.get_or_create(code=values.pop("code"), region="", valid_from=policies["valid_from"], defaults=values)
    form = _load_form(read("rubric.yaml"))
    for data in read("definitions.yaml")["definitions"]:
        _load_definition(data, form)


def _load_form(data: dict[str, Any]) -> Form:
    digest = _digest(data)
    last = Form.objects.filter(code=data["code"]).order_by("-version").first()
    if last and last.digest == digest:
        return last
    form = Form.objects.create(
        code=data["code"], version=last.version + 1 if last else 1, name=data["name"], name_en=data["name_en"], digest=digest
    )
    for place, attribute in enumerate(data["attributes"], start=1):
        _load_attribute(form, attribute, place)
    for place, gate in enumerate(data["gates"], start=1):
        outcomes = [{"code": code, **_pair(words)} for code, _sep, words in (o.partition(" ") for o in gate["outcomes"])]
        checks = [_pair(check) for check in gate["checks"]]
        Gate.objects.create(
            form=form, code=gate["code"], name=gate["name"], name_en=gate["name_en"], checks=checks, outcomes=outcomes, order=place
        )
    return form


def _load_attribute(form: Form, data: dict[str, Any], place: int) -> None:
    parent = Criterion.objects.create(
        form=form, code=data["code"], name=data["name"], name_en=data["name_en"], weight=data["weight"], order=place * 100,
        hint=data["hint"], hint_en=data["hint_en"],
    )  # fmt: skip
    for number, child in enumerate(data["criteria"], start=1):
        Criterion.objects.create(
            form=form, parent=parent, code=child["code"], name=child["name"], name_en=child["name_en"], weight=child["weight"],
            anchors=[_pair(words) for words in child["anchors"]], order=place * 100 + number,
        )  # fmt: skip


def _load_definition(data: dict[str, Any], form: Form) -> ReviewDefinition:
    digest = _digest({"data": data, "form": form.digest})
    last = ReviewDefinition.objects.filter(kind=data["kind"]).order_by("-version").first()
    if last and last.digest == digest:
        return last
    return ReviewDefinition.objects.create(
        kind=data["kind"], version=last.version + 1 if last else 1, name=data["name"], name_en=data["name_en"],
        form=form, data=data, digest=digest,
    )  # fmt: skip
