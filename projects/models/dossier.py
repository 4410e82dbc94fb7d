from django.db import models
from django.utils.translation import gettext_lazy as _

from hanlin.people.models import Person
from projects.enums import DocumentKind, Stage

from .project import GovProject


class Dossier(models.Model):
    """The papers of a project at one stage (卷宗)."""

    project = models.ForeignKey(GovProject, models.CASCADE, related_name="dossiers")
    stage = models.CharField(max_length=20, choices=Stage)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("dossier")
        constraints = [models.UniqueConstraint(fields=["project", "stage"], name="dossier_once_per_stage")]

    def __str__(self) -> str:
        return f"{self.project} {self.get_stage_display()}"


class Document(models.Model):
    """One paper of a dossier; what it says stands in its versions."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=20, choices=DocumentKind)
    title = models.CharField(max_length=120, blank=True)  # where the kind alone does not tell it apart

    class Meta:
        verbose_name = _("document")
        constraints = [models.UniqueConstraint(fields=["dossier", "kind", "title"], name="document_once")]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class DocumentVersion(models.Model):
    """A version of a document. Numbers run from 1 without gaps; a version never changes, only its text arrives later."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.CharField(max_length=200)  # name in the private storage
    file_name = models.CharField(max_length=200)  # as the person called it
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    sm3 = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    pages = models.PositiveIntegerField(null=True)
    text_error = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True)  # when the text was taken out
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version of a document")
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="document_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.number}"


class Reading(models.Model):
    """That a person opened a version: the next one can say what changed since."""

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="readings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("reading of a document")
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="reading_once")]

    def __str__(self) -> str:
        return f"{self.version} {self.person}"
