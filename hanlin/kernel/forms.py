"""What the kernel's own pages take in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hanlin.kernel.enums import PolicyMark


class TableForm(forms.Form):
    """One table to import."""

    file = forms.FileField(label=_("Table"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}))


class PolicyForm(forms.Form):
    """A new value of a regulation."""

    region = forms.ChoiceField(label=_("Where"), required=False)
    value = forms.DecimalField(label=_("Value"), max_digits=14, decimal_places=4)
    valid_from = forms.DateField(label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    mark = forms.ChoiceField(label=_("How well it is founded"), choices=PolicyMark)
    source = forms.CharField(label=_("Source"), max_length=300, help_text=_("Title, number and article of the document."))

    def __init__(self, *args, regions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", _("everywhere")), *sorted(regions.items())]


class WorkdayForm(forms.Form):
    """A day that breaks the ordinary week."""

    date = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    works = forms.TypedChoiceField(
        label=_("Offices are"),
        choices=[("0", _("closed")), ("1", _("open"))],
        coerce=lambda text: text == "1",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Occasion"), max_length=60, required=False)
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("Title and number of the State Council's notice."))


class AuditFilter(forms.Form):
    """What to show of the trail."""

    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    actor = forms.CharField(label=_("Who"), required=False, max_length=80)
    action = forms.CharField(label=_("Action"), required=False, max_length=80)
    object = forms.CharField(label=_("Object"), required=False, max_length=200)
