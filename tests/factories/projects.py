"""Projects, dossiers and reviews for tests."""

from decimal import Decimal

import factory

from projects.domain import reference
from projects.enums import DocumentKind, ProjectLevel, ReviewKind, Stage
from projects.models import Document, DocumentVersion, Dossier, ExpertReview, GovProject, ReviewDefinition, Round
from tests.factories.people import OrganisationFactory, PersonFactory


def definition(kind: str = ReviewKind.APPRAISAL) -> ReviewDefinition:
    """The current definition of a service, with its rubric and policy values loaded."""
    reference.load()
    return ReviewDefinition.objects.filter(kind=kind).order_by("-version").first()


class GovProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GovProject

    name = factory.Sequence(lambda n: f"示例省一体化政务大数据平台（{n}期）")
    owner = factory.SubFactory(OrganisationFactory)
    region = factory.SelfAttribute("owner.region")
    level = ProjectLevel.PROVINCIAL
    stage = Stage.FEASIBILITY
    budget = Decimal("860.00")
    goal = "汇聚全省政务数据。"
    created_by = factory.SubFactory(PersonFactory)


class DossierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Dossier

    project = factory.SubFactory(GovProjectFactory)
    stage = factory.SelfAttribute("project.stage")


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    dossier = factory.SubFactory(DossierFactory)
    kind = DocumentKind.FEASIBILITY


class DocumentVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DocumentVersion

    document = factory.SubFactory(DocumentFactory)
    number = 1
    file = "dossiers/test.pdf"
    file_name = "可行性研究报告.pdf"
    content_type = "application/pdf"
    size = 1024
    sha256 = "0" * 64
    uploaded_by = factory.SubFactory(PersonFactory)


class ExpertReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExpertReview

    number = factory.Sequence(lambda n: f"示专委评〔2026〕{n}号")
    project = factory.SubFactory(GovProjectFactory)
    stage = factory.SelfAttribute("project.stage")
    definition = factory.LazyFunction(definition)
    committee = factory.SubFactory(OrganisationFactory)
    asked_by = factory.SubFactory(PersonFactory)


class RoundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Round

    review = factory.SubFactory(ExpertReviewFactory)
