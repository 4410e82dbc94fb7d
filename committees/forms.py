"""Shape and clean what the room's pages take in. Writing is for the domain."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.enums import AbsenceKind, PartyRole, Relation, SeatRole, TieKind
from committees.models import Expert, ExpertCommittee, Field, SpecialistGroup
from hanlin.people.enums import RankSystem
from hanlin.people.models import Organisation, OrganisationName, Person, Rank


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class OnForm(forms.Form):
    """A day to look at, and the day whose knowledge counts."""

    on = forms.DateField(label=_("In office on"), required=False, widget=Day())
    known_on = forms.DateField(label=_("As recorded on"), required=False, widget=Day())


class SeatForm(forms.Form):
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Expert"))
    role = forms.ChoiceField(label=_("Office held"), choices=SeatRole.choices, initial=SeatRole.MEMBER)
    group = forms.ModelChoiceField(SpecialistGroup.objects.none(), label=_("Specialist group"), required=False)
    on = forms.DateField(label=_("In office from"), widget=Day(), initial=timezone.localdate)
    reason = forms.CharField(label=_("Ground"), max_length=200, help_text=_("For example the election or the appointment."))

    def __init__(self, *args, committee, **kwargs):
        super().__init__(*args, **kwargs)
        pool = Expert.objects.live().filter(committee=committee)
        self.fields["person"].queryset = Person.objects.filter(pk__in=pool.values("person")).order_by("pinyin", "pk")
        self.fields["group"].queryset = committee.groups.order_by("order")


class EndSeatForm(forms.Form):
    on = forms.DateField(label=_("Out of office from"), widget=Day(), initial=timezone.localdate)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class CorrectSeatForm(forms.Form):
    role = forms.ChoiceField(label=_("Office held"), choices=SeatRole.choices)
    valid_from = forms.DateField(label=_("In office from"), widget=Day())
    valid_to = forms.DateField(label=_("Out of office from"), widget=Day(), required=False)
    reason = forms.CharField(label=_("What was wrong"), max_length=200)


class TieForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of tie"), choices=TieKind.choices)
    relation = forms.ChoiceField(label=_("Whose tie"), choices=Relation.choices, initial=Relation.SELF)
    body = forms.CharField(
        label=_("Body"), max_length=120, help_text=_("The full name, as on its business licence or its official seal.")
    )
    position = forms.CharField(label=_("Position or details"), max_length=120, required=False)
    started_on = forms.DateField(label=_("From"), widget=Day(), required=False)
    ended_on = forms.DateField(
        label=_("Last day"), widget=Day(), required=False, help_text=_("Leave it empty while the tie holds.")
    )
    source = forms.CharField(label=_("Source"), max_length=200, required=False)

    def __init__(self, *args, own=False, **kwargs):
        super().__init__(*args, **kwargs)
        if own:  # one's own word is the source
            del self.fields["source"]

    def clean_body(self):
        return " ".join(self.cleaned_data["body"].split())

    def clean(self):
        data = super().clean()
        first, last = data.get("started_on"), data.get("ended_on")
        if first and last and last < first:
            self.add_error("ended_on", _("The last day lies before the first."))
        return data

    def facts(self) -> dict:
        """Arguments of `ties.record`; the body becomes a row of the tree where its name is known."""
        data = self.cleaned_data.copy()
        name = data.pop("body")
        known = Organisation.objects.filter(name=name).first()
        if known is None and (earlier := OrganisationName.objects.filter(name=name).select_related("organisation").first()):
            known = earlier.organisation
        return {**data, "organisation": known, "organisation_text": "" if known else name}


class RetractForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class AbsenceForm(forms.Form):
    first_day = forms.DateField(label=_("First day"), widget=Day())
    last_day = forms.DateField(label=_("Last day"), widget=Day())
    kind = forms.ChoiceField(label=_("Kind"), choices=AbsenceKind.choices)
    note = forms.CharField(label=_("Note"), max_length=120, required=False)


class NominationForm(forms.Form):
    fields = forms.ModelMultipleChoiceField(
        Field.objects.none(), label=_("Fields"), widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Up to three of the third level. Hold Ctrl to choose more than one."),
    )  # fmt: skip
    title = forms.ModelChoiceField(Rank.objects.none(), label=_("Professional title"), required=False)
    title_text = forms.CharField(
        label=_("Other title"), max_length=40, required=False, help_text=_("For titles outside the list, such as lawyer.")
    )
    practising_since = forms.IntegerField(label=_("In the field since (year)"), min_value=1950)
    grounds = forms.CharField(label=_("Grounds"), widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fields"].queryset = Field.objects.filter(level=3).order_by("code")
        self.fields["title"].queryset = Rank.objects.filter(system=RankSystem.TITLE).order_by("order")
        self.fields["practising_since"].max_value = timezone.localdate().year


class OpinionForm(forms.Form):
    opinion = forms.CharField(label=_("Opinion"), widget=forms.Textarea(attrs={"rows": 3}))


class DirectoryForm(forms.Form):
    """Filters of the expert directory."""

    q = forms.CharField(label=_("Name, pinyin, unit or field"), required=False, max_length=60)
    field = forms.ModelChoiceField(Field.objects.none(), label=_("Field"), required=False, to_field_name="code")
    committee = forms.ModelChoiceField(ExpertCommittee.objects.none(), label=_("Committee"), required=False)
    title = forms.ModelChoiceField(Rank.objects.none(), label=_("Title"), required=False)
    order = forms.ChoiceField(
        label=_("Order"), required=False, choices=[("", _("By pinyin")), ("workload", _("Least loaded first"))]
    )

    def __init__(self, *args, committees, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("field", "committee", "title"):
            self.fields[name].empty_label = _("All")
        self.fields["committee"].queryset = committees
        self.fields["field"].queryset = Field.objects.filter(level__lte=2).order_by("code")
        self.fields["title"].queryset = Rank.objects.filter(
            system=RankSystem.TITLE, pk__in=Expert.objects.filter(committee__in=committees).values("title")
        ).order_by("order")


class CheckForm(forms.Form):
    """Whom the rules of withdrawal would touch: a body, its role in the matter, a day."""

    body = forms.CharField(label=_("Body"), max_length=120)
    role = forms.ChoiceField(label=_("Role in the matter"), choices=PartyRole.choices)
    on = forms.DateField(label=_("On"), widget=Day(), initial=timezone.localdate)

    def clean_body(self):
        name = " ".join(self.cleaned_data["body"].split())
        found = Organisation.objects.filter(name=name).first() or Organisation.objects.filter(short_name=name).first()
        if found is None:
            raise forms.ValidationError(_("No body of this name is known. Enter the full name."))
        return found
