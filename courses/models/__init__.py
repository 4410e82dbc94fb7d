from .assignment import Assignment, Duty
from .course import CatalogueIndex, Course, CourseAbility
from .enrolment import Enrolment
from .hours import Certificate, HourEntry, HourRule
from .lesson import Lesson, LessonRevision
from .question import Choice, Question
from .quiz import Answer, QuizAttempt
from .study import LessonNote, LessonProgress, PlaySession, StudyDay, Suspicion, WatchedInterval

__all__ = [
    "Answer", "Assignment", "CatalogueIndex", "Certificate", "Choice", "Course", "CourseAbility", "Duty", "Enrolment",
    "HourEntry", "HourRule", "Lesson", "LessonNote", "LessonProgress", "LessonRevision", "PlaySession", "Question",
    "QuizAttempt", "StudyDay", "Suspicion", "WatchedInterval",
]  # fmt: skip
