from django.db import models
from django.utils.translation import gettext_lazy as _

from hanlin.people.enums import NoticeKind

from .person import Person


class NoticeQuerySet(models.QuerySet):
    def open(self):
        """What is still to do."""
        return self.filter(kind=NoticeKind.TODO, done_at=None)

    def late(self, today):
        """What is still to do and should have been done before today."""
        return self.open().filter(due_on__lt=today)


class Notice(models.Model):
    """Something a person should know or do. `key` makes the same occasion tell only once."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind)
    key = models.CharField(max_length=160)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)  # a path on this site
    due_on = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]
        indexes = [models.Index(fields=["person", "-created_at"], name="notice_inbox")]

    def __str__(self) -> str:
        return self.subject
