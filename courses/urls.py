"""Addresses of the courses room."""

from django.urls import path

from courses.views import archive, assignments, catalogue, media, player, quiz

app_name = "courses"
LESSON = "<slug:slug>/lessons/<uuid:uid>/"
urlpatterns = [
    path("", catalogue.index, name="index"),
    path("archive/", archive.archive, name="archive"),
    path("archive/ledger.xlsx", archive.ledger_file, name="ledger_file"),
    path("archive/records.json", archive.records, name="records"),
    path("archive/transcript", archive.transcript, name="transcript"),
    path("assignments/", assignments.index, name="assignments"),
    path("assignments/new/", assignments.new, name="assignment_new"),
    path("assignments/preview", assignments.preview, name="assignment_preview"),
    path("assignments/<int:pk>/", assignments.detail, name="assignment"),
    path("assignments/<int:pk>/issue", assignments.issue, name="assignment_issue"),
    path("assignments/<int:pk>/remind", assignments.remind, name="assignment_remind"),
    path("assignments/<int:pk>/withdraw", assignments.withdraw, name="assignment_withdraw"),
    path("assignments/<int:pk>/people.xlsx", assignments.people_file, name="assignment_people"),
    path("beats", player.beat, name="beat"),
    path("sittings/leave", player.leave, name="leave"),
    path("notes/<int:pk>/delete", player.delete_note, name="note_delete"),
    path("attempts/<int:pk>/", quiz.attempt, name="attempt"),
    path("attempts/<int:pk>/save", quiz.save, name="attempt_save"),
    path("attempts/<int:pk>/submit", quiz.submit, name="attempt_submit"),
    path("<slug:slug>/", catalogue.course, name="course"),
    path("<slug:slug>/start", catalogue.start, name="course_start"),
    path(LESSON, player.lesson, name="lesson"),
    path(f"{LESSON}sitting", player.begin, name="sitting"),
    path(f"{LESSON}read", player.finish_reading, name="lesson_read"),
    path(f"{LESSON}notes", player.add_note, name="note_add"),
    path(f"{LESSON}quiz", quiz.start, name="quiz_start"),
    path(f"{LESSON}video", media.video, name="video"),
    path(f"{LESSON}captions", media.captions, name="captions"),
]
