"""The shape of what people send to this room; no writes but through domain."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committees.enums import FieldFamily
from hanlin.people.enums import Role
from hanlin.people.models import Organisation, Person, Region
from hanlin.people.queries.scope import within
from projects.enums import PartyRole, ReviewKind, Stage, Verdict
from projects.models import Form, GovProject, Room
from projects.queries.dossier import offered

LONG = forms.Textarea(attrs={"rows": 4})


class ProjectForm(forms.Form):
    """A project as the register knows it. The owner's bodies are those that the person owns projects for."""

    name = forms.CharField(label=gettext_lazy("Name of the project"), max_length=120)
    owner = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Project owner"))
    competent = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Competent department"), required=False)
    region = forms.ModelChoiceField(Region.objects.none(), label=gettext_lazy("Region"))
    level = forms.ChoiceField(label=gettext_lazy("Level of the project"))
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage of the project"), help_text=gettext_lazy("It decides which papers are asked for.")
    )
    budget = forms.DecimalField(
        label=gettext_lazy("Budget"),
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        help_text=gettext_lazy("In 10,000 yuan."),
    )
    goal = forms.CharField(label=gettext_lazy("Goal"), max_length=2000, widget=LONG)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owned = Organisation.objects.filter(within_self(person), closed_on=None)
        roots = {body.path[: Organisation.steplen] for body in owned}
        everybody = Organisation.objects.filter(closed_on=None, path__regex="^(" + "|".join(sorted(roots) or ["-"]) + ")")
        self.fields["owner"].queryset = owned.order_by("path")
        self.fields["competent"].queryset = everybody.exclude(kind="company").order_by("path")
        self.fields["region"].queryset = Region.objects.filter(organisations__in=everybody).distinct().order_by("code")
        self.fields["level"].choices = _choices("level")
        self.fields["stage"].choices = [("", ""), *Stage.choices]


def within_self(person: Person) -> Q:
    """Bodies that the person's role of owner reaches."""
    scope = Q(pk__in=[])
    for path in person.grant_paths().get(Role.OWNER, []):
        scope |= Q(path__startswith=path)
    return scope


def _choices(field: str) -> list[tuple[str, Any]]:
    return [("", ""), *GovProject._meta.get_field(field).choices]


class PartyForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Part"), choices=PartyRole.choices)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Body"))

    def __init__(self, *args: Any, project: GovProject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        root = project.owner.path[: Organisation.steplen]
        self.fields["organisation"].queryset = Organisation.objects.filter(path__startswith=root, closed_on=None).order_by("name")


class DocumentForm(forms.Form):
    """A paper to be filed; the promise about state secrets is asked for every time."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of paper"))
    title = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, required=False,
        help_text=gettext_lazy("Only where there is more than one of the kind."),
    )  # fmt: skip
    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("PDF, Word, Excel, PowerPoint, pictures or ZIP."))
    no_secret = forms.BooleanField(label=gettext_lazy("The file holds no state secret and no working secret."))

    def __init__(self, *args: Any, stage: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", ""), *((kind.value, kind.label) for kind in offered(stage))]


class ReviewForm(forms.Form):
    """Which project shall be reviewed, in which service."""

    project = forms.ModelChoiceField(GovProject.objects.none(), label=gettext_lazy("Project"))
    kind = forms.ChoiceField(label=gettext_lazy("Service"), choices=ReviewKind.choices, initial=ReviewKind.APPRAISAL)
    question = forms.CharField(
        label=gettext_lazy("What the panel shall look at"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = GovProject.objects.filter(within(person, "owner", Role.SECRETARY))
        self.fields["project"].queryset = kept.order_by("name")


class ApplyForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Service"), choices=ReviewKind.choices, initial=ReviewKind.APPRAISAL)
    question = forms.CharField(
        label=gettext_lazy("What the panel shall look at"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ScheduleForm(forms.Form):
    """A session. Times are those of the wall clock; `span` gives them aware."""

    day = forms.DateField(label=gettext_lazy("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    start = forms.TimeField(label=pgettext_lazy("session", "From"), widget=forms.TimeInput(attrs={"type": "time", "step": 900}))
    end = forms.TimeField(label=pgettext_lazy("session", "To"), widget=forms.TimeInput(attrs={"type": "time", "step": 900}))
    room = forms.ModelChoiceField(Room.objects.none(), label=gettext_lazy("Room"), required=False)
    link = forms.URLField(label=gettext_lazy("Video link"), required=False, assume_scheme="https", max_length=300)
    agenda = forms.CharField(label=gettext_lazy("Agenda"), required=False, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, project: GovProject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        root = project.owner.path[: Organisation.steplen]
        self.fields["room"].queryset = Room.objects.filter(organisation__path__startswith=root).order_by("name")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("room") and not data.get("link"):
            self.add_error("room", _("Choose a room, enter a link, or both."))
        return data

    def span(self) -> tuple[Any, Any]:
        day = self.cleaned_data["day"]
        combine = timezone.datetime.combine
        return tuple(timezone.make_aware(combine(day, self.cleaned_data[name])) for name in ("start", "end"))  # type: ignore[return-value]


class SeatForm(forms.Form):
    expert = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Reason of the choice"), max_length=500)


class DrawForm(forms.Form):
    family = forms.ChoiceField(label=gettext_lazy("Field"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["family"].choices = [("", _("any field")), *FieldFamily.choices]


class OpinionForm(forms.Form):
    """The editor's fields beside the sections and the items, which come as rows."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label=gettext_lazy("Verdict"), choices=Verdict.choices)
    verdict_reason = forms.CharField(
        label=gettext_lazy("Why the panel departs from the rule"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def opinion_rows(data: Any) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Sections (`s_code`) and items (`item_kind`, `item_text`, `item_page`, `item_pk`, in step) of the editor's page."""
    body = {key[2:]: value.replace("\r\n", "\n") for key, value in data.items() if key.startswith("s_")}
    lists = [data.getlist(f"item_{name}") for name in ("kind", "text", "page", "pk")]
    rows = [dict(zip(("kind", "text", "page", "pk"), row, strict=False)) for row in zip(*lists, strict=False)]
    return body, rows


def draft_part(form: Form, data: Any) -> dict[str, Any]:
    """One part of the assessment's page as the draft knows it: `r_CODE`, `y_CODE`, `g_CODE`, `c_CODE`, items in step."""
    ratings: dict[str, dict[str, Any]] = {}
    gates: dict[str, dict[str, Any]] = {}
    for key, value in data.items():
        head, _mark, code = key.partition("_")
        if head == "r" and value.isdigit():
            ratings.setdefault(code, {})["value"] = int(value)
        elif head == "y":
            ratings.setdefault(code, {})["reason"] = value
        elif head == "g":
            gates.setdefault(code, {})["outcome"] = value
        elif head == "c":
            gates.setdefault(code, {})["comment"] = value
    lists = [data.getlist(f"item_{name}") for name in ("kind", "text", "page")]
    items = [dict(zip(("kind", "text", "page"), row, strict=False)) for row in zip(*lists, strict=False)]
    return {"ratings": ratings, "gates": gates, "items": items, "comment": data.get("comment", "")}
