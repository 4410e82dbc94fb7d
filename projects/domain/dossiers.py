"""Filing papers: checked, numbered without gaps, kept where no address serves them, read in the background."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanlin.kernel.domain import jobs
from hanlin.kernel.domain.audit import log
from hanlin.kernel.errors import Refused
from hanlin.kernel.uploads import check_upload, store_private
from hanlin.people.models import Person
from projects.enums import DocumentKind, ReviewState
from projects.models import Document, DocumentVersion, Dossier, ExpertReview, GovProject, Reading

KINDS = ("pdf", "docx", "xlsx", "pptx", "zip", "png", "jpeg")
READ_TEXT = "projects.read_text"
_SEALED = (ReviewState.MEETING, ReviewState.DRAFTING, ReviewState.CIRCULATING)


@transaction.atomic
def file_document(
    project: GovProject, kind: DocumentKind, file: File[Any], *, actor: Person, title: str = "", stage: str = ""
) -> DocumentVersion:
    """File a paper at the project's stage (or `stage`): a new document, or the next version of the one that is there.

    Raises Refused for a file that the upload check turns down, for the very bytes of the last version, and while
    a panel deliberates on these papers.
    """
    stage = stage or project.stage
    if ExpertReview.objects.filter(project=project, stage=stage, state__in=_SEALED).exists():
        raise Refused(_("The panel is deliberating on these papers. A new version is taken again once the opinion is issued."))
    checked = check_upload(file, kinds=KINDS, max_bytes=settings.UPLOAD_MAX_BYTES)
    dossier, _new = Dossier.objects.get_or_create(project=project, stage=stage)
    Dossier.objects.select_for_update().get(pk=dossier.pk)  # versions are numbered one after the other
    document, _new = Document.objects.get_or_create(dossier=dossier, kind=kind, title=title.strip()[:120])
    last = document.versions.order_by("-number").first()
    if last is not None and last.sha256 == checked.sha256:
        raise Refused(
            _("“%(file)s” is the very file of version %(number)d. Choose the changed one.")
            % {"file": checked.name, "number": last.number}
        )
    version = DocumentVersion.objects.create(
        document=document,
        number=last.number + 1 if last else 1,
        file=store_private(checked, folder=f"dossiers/{project.pk}"),
        file_name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
        sm3=checked.sm3,
        uploaded_by=actor,
    )
    jobs.start(READ_TEXT, actor=actor, arguments={"version": version.pk}, key=str(version.pk))
    log(document, "projects.document.file", actor=actor, after={"kind": kind, "version": version.number, "sha256": version.sha256})
    return version


def note_reading(version: DocumentVersion, *, actor: Person, at: datetime | None = None) -> None:
    """Remember that a person opened a version, so that a newer one can say what changed. Not an event of the trail."""
    Reading.objects.get_or_create(version=version, person=actor, defaults={"at": at or timezone.now()})
