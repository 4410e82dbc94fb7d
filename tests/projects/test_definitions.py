from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import translation

from projects.domain import reference
from projects.enums import DocumentKind, ReviewKind, Stage
from projects.models import Criterion, Form, Gate, ReviewDefinition
from tests.factories.projects import DocumentVersionFactory, GovProjectFactory, definition

pytestmark = pytest.mark.django_db


def test_loading_twice_adds_nothing():
    reference.load()
    counted = Form.objects.count(), Criterion.objects.count(), Gate.objects.count(), ReviewDefinition.objects.count()
    reference.load()
    assert (Form.objects.count(), Criterion.objects.count(), Gate.objects.count(), ReviewDefinition.objects.count()) == counted
    assert counted == (1, 30, 3, 5)


def test_the_rubric_weighs_a_hundred_and_every_question_has_five_words():
    form = definition().form
    attributes = form.criteria.filter(parent=None).order_by("order")
    assert [a.name for a in attributes] == ["协同性", "可拓展性", "安全性", "可共享性", "稳定性", "可持续性"]
    assert [a.weight for a in attributes] == [20, 15, 20, 20, 10, 15]
    for attribute in attributes:
        children = attribute.children.order_by("order")
        assert sum(child.weight for child in children) == 100
        assert all(len(child.anchors) == 5 and all(a["zh"] and a["en"] for a in child.anchors) for child in children)


def test_a_changed_definition_becomes_a_new_version_and_the_old_stays(monkeypatch):
    first = definition()
    data = reference.read("definitions.yaml")
    data["definitions"][1]["papers"] = ["opinion"]
    read = reference.read
    monkeypatch.setattr(reference, "read", lambda name: data if name == "definitions.yaml" else read(name))
    reference.load()
    versions = ReviewDefinition.objects.filter(kind=ReviewKind.APPRAISAL).order_by("version")
    assert [v.version for v in versions] == [1, 2]
    assert versions[0].data == first.data


def test_a_definition_cannot_be_changed_or_deleted():
    row = definition()
    row.name = "另一种论证"
    with pytest.raises(PermissionDenied):
        row.save()
    with pytest.raises(PermissionDenied):
        ReviewDefinition.objects.filter(pk=row.pk).update(name="x")
    with pytest.raises(PermissionDenied):
        Criterion.objects.all().delete()


def test_names_follow_the_language():
    row = definition()
    with translation.override("zh-hant"):
        assert str(row) == "項目論證"
    with translation.override("en"):
        assert str(row) == "Project appraisal"


def test_every_stage_and_every_paper_of_the_data_file_is_known():
    stages = reference.read("stages.yaml")["stages"]
    assert set(stages) == set(Stage.values)
    for demands in stages.values():
        assert set(demands["required"]) | set(demands["optional"]) <= set(DocumentKind.values)


def test_the_database_refuses_a_negative_budget():
    with pytest.raises(IntegrityError):
        GovProjectFactory(budget=Decimal("-1"))


def test_the_database_refuses_a_version_number_twice():
    version = DocumentVersionFactory()
    with pytest.raises(IntegrityError):
        DocumentVersionFactory(document=version.document, number=1)
