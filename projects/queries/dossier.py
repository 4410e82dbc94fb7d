"""What a stage demands, what of it is there, and what changed since somebody looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Max, OuterRef, Prefetch, QuerySet, Subquery

from hanlin.people.models import Person
from projects.enums import DocumentKind
from projects.models import Document, DocumentVersion, GovProject, Reading
from projects.reference import read


@dataclass(frozen=True)
class Demand:
    """A kind of paper at a stage, with the documents of that kind that are there."""

    kind: DocumentKind
    required: bool
    documents: list[Document]

    @property
    def met(self) -> bool:
        return bool(self.documents)


@lru_cache(maxsize=1)
def _stages() -> dict[str, dict[str, list[str]]]:
    return dict(read("stages.yaml")["stages"])


def demanded(stage: str) -> list[DocumentKind]:
    """Kinds that a stage cannot do without, in the order of the data file."""
    return [DocumentKind(code) for code in _stages()[stage]["required"]]


def offered(stage: str) -> list[DocumentKind]:
    """Every kind that may be filed at a stage, demanded ones first."""
    usual = [DocumentKind(code) for code in _stages()[stage]["optional"]]
    return [*demanded(stage), *usual, DocumentKind.REVISION, DocumentKind.OTHER]


def with_versions(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Documents with `shown`: their versions, newest first, without the long text."""
    versions = DocumentVersion.objects.defer("text").select_related("uploaded_by").order_by("-number")
    return documents.prefetch_related(Prefetch("versions", versions, to_attr="shown")).order_by("pk")


def documents_of(project: GovProject, stage: str) -> list[Document]:
    """Documents of a stage that have at least one version."""
    found = with_versions(Document.objects.filter(dossier__project=project, dossier__stage=stage))
    return [document for document in found if document.shown]  # type: ignore[attr-defined]  # to_attr of the prefetch


def demands(project: GovProject, stage: str) -> list[Demand]:
    """The dossier as a checklist: demanded kinds first, then what else has been filed."""
    by_kind: dict[str, list[Document]] = {}
    for document in documents_of(project, stage):
        by_kind.setdefault(document.kind, []).append(document)
    needed = demanded(stage)
    rows = [Demand(kind, True, by_kind.pop(kind, [])) for kind in needed]
    return rows + [Demand(DocumentKind(kind), False, documents) for kind, documents in by_kind.items()]


def missing(project: GovProject, stage: str) -> list[DocumentKind]:
    """Demanded kinds that have no document yet."""
    return missing_of([project.pk], {project.pk: stage})[project.pk]


def missing_of(projects: Iterable[int], stages: dict[int, str]) -> dict[int, list[DocumentKind]]:
    """For many projects at once, each at its stage: demanded kinds that nobody has filed. One query."""
    ids = list(projects)
    filed = DocumentVersion.objects.filter(document__dossier__project__in=ids).values_list(
        "document__dossier__project", "document__dossier__stage", "document__kind"
    )
    there: set[tuple[Any, ...]] = set(filed.distinct())
    return {pk: [kind for kind in demanded(stages[pk]) if (pk, stages[pk], kind.value) not in there] for pk in ids}


def changed_since_read(documents: Iterable[Document], person: Person) -> set[int]:
    """Documents of which the person has opened an earlier version, but not the newest."""
    ids = [document.pk for document in documents]
    newest = DocumentVersion.objects.filter(document=OuterRef("version__document")).order_by("-number").values("number")[:1]
    read_up_to = (
        Reading.objects.filter(person=person, version__document__in=ids)
        .annotate(newest=Subquery(newest))
        .values("version__document", "newest")
        .annotate(seen=Max("version__number"))
        .values_list("version__document", "newest", "seen")
    )
    return {document for document, last, seen in read_up_to if seen < last}
