"""Shape and clean input; what is written goes through the domain."""

from datetime import date

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from courses.domain.media import length_of_mp4
from courses.enums import LessonKind, QuestionKind
from courses.models import Course
from hanlin.kernel.errors import Refused
from hanlin.kernel.uploads import check_upload
from hanlin.people.enums import RankSystem, Role
from hanlin.people.models import Organisation, Rank
from hanlin.people.queries.scope import roles_of

VIDEO_BYTES, CAPTION_BYTES = 200 * 1024 * 1024, 1024 * 1024
OUT_OF_SERVICE = ("101", "102", "150", "160", "199")  # levels that nobody is assigned a course by


class AssignmentForm(forms.Form):
    """A new assignment, within the bodies whose training the person runs."""

    course = forms.ModelChoiceField(
        Course.objects.none(), label=gettext_lazy("Course"), empty_label=gettext_lazy("Choose a course")
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Bodies"),
        help_text=gettext_lazy("All bodies below a chosen one are included."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one body.")},
    )
    ranks = forms.ModelMultipleChoiceField(
        Rank.objects.none(),
        label=gettext_lazy("Levels"),
        help_text=gettext_lazy("By leading post or civil grade. None chosen: everyone."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    due_on = forms.DateField(
        label=gettext_lazy("Finish by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    reason = forms.CharField(
        label=gettext_lazy("Basis"),
        help_text=gettext_lazy("Shown to the people who are told, for example the number of the notice."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = Course.objects.in_catalogue().order_by("title")
        reach = Organisation.objects.filter(_reached(person), closed_on=None).order_by("path")
        self.fields["organisations"].queryset = reach
        wanted = Rank.objects.filter(system__in=[RankSystem.LEADERSHIP, RankSystem.GRADE]).exclude(code__in=OUT_OF_SERVICE)
        self.fields["ranks"].queryset = wanted.order_by("-system", "order")

    def clean_due_on(self) -> date:
        day = self.cleaned_data["due_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("The due date has to lie in the future."))
        return day


def _reached(person) -> Q:
    """Bodies whose training the person runs."""
    scope = Q(pk__in=[])
    for path in roles_of(person).get(Role.TRAINING_ADMIN, []):
        scope |= Q(path__startswith=path)
    return scope


class NoteForm(forms.Form):
    """A learner's own note at a place of a lesson."""

    text = forms.CharField(max_length=500, strip=True)
    at_ms = forms.IntegerField(min_value=0, max_value=24 * 3_600_000)


class LessonForm(WagtailAdminModelForm):
    """The editor's form of a lesson: files are checked, and the video says how long it is."""

    def clean_video(self):
        return self._checked("video", "mp4", VIDEO_BYTES)

    def clean_captions(self):
        return self._checked("captions", "vtt", CAPTION_BYTES)

    def _checked(self, name, kind, most):
        file = self.cleaned_data.get(name)
        if name not in self.changed_data or not file:
            return file
        try:
            check_upload(file, kinds={kind}, max_bytes=most)
        except Refused as error:
            raise forms.ValidationError(str(error)) from error
        file.seek(0)
        return file

    def clean(self):
        cleaned = super().clean()
        video = cleaned.get("video")
        if cleaned.get("kind") == LessonKind.VIDEO and video and "video" in self.changed_data:
            length = length_of_mp4(video)
            video.seek(0)
            if not length:
                self.add_error("video", _("This video does not say how long it is. Export it again as MP4 (H.264)."))
            else:
                self.instance.duration_ms, self.instance.minutes = length, max(1, round(length / 60000))
                cleaned["minutes"] = self.instance.minutes
        return cleaned


class QuestionForm(WagtailAdminModelForm):
    """The editor's form of a question: its choices must fit its kind."""

    def clean(self):
        cleaned = super().clean()
        choices = self.formsets.get("choices") if hasattr(self, "formsets") else None
        if choices is None or not choices.is_valid():
            return cleaned
        kept = [form.cleaned_data for form in choices.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        right = sum(bool(choice.get("correct")) for choice in kept)
        kind = cleaned.get("kind")
        if not right:
            self.add_error(None, _("Mark the right choice."))
        elif kind in (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE) and right > 1:
            self.add_error(None, _("This kind of question has one right choice only."))
        elif kind == QuestionKind.TRUE_FALSE and len(kept) != 2:
            self.add_error(None, _("A true-or-false question has two choices."))
        return cleaned
