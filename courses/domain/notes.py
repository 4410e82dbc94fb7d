"""A learner's own notes. Nobody else reads them, so the audit line carries no text."""

from django.db import transaction

from courses.models import Lesson, LessonNote
from hanlin.kernel.domain.audit import log
from hanlin.people.models import Person


@transaction.atomic
def add(person: Person, lesson: Lesson, *, text: str, at_ms: int) -> LessonNote:
    """Keep a note at a media time."""
    note = LessonNote.objects.create(person=person, lesson=lesson, text=text, at_ms=at_ms)
    log(lesson, "courses.note.add", actor=person)
    return note


@transaction.atomic
def delete(note: LessonNote, *, actor: Person) -> None:
    """Throw a note away."""
    log(note.lesson, "courses.note.delete", actor=actor)
    note.delete()
