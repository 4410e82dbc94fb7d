import uuid

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from hanlin.people.models import Person


class StatementQuerySet(models.QuerySet):
    def delete(self):
        raise PermissionDenied("statements stay")

    def update(self, **fields):
        raise PermissionDenied("statements stay")


class Statement(models.Model):
    """Who did what to which thing, with what result, in the shape of xAPI 1.0.3. Append-only.

    `object_id` is a stable name (an IRI path of this site), never a row number of another room alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.ForeignKey(Person, models.CASCADE, related_name="statements")
    verb = models.CharField(max_length=200)  # an IRI
    object_id = models.CharField(max_length=300)
    object = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    context = models.JSONField(default=dict)
    timestamp = models.DateTimeField()  # when it happened
    stored = models.DateTimeField(auto_now_add=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("learning record")
        indexes = [models.Index(fields=["actor", "-timestamp"], name="statement_actor")]

    def __str__(self) -> str:
        return f"{self.actor} {self.verb.rsplit('/', 1)[-1]} {self.object_id}"

    def delete(self, *args, **kwargs):
        raise PermissionDenied("statements stay")
