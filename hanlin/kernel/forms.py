"""What the kernel's own pages take in."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hanlin.kernel.enums import PolicyMark


class TableForm(forms.Form):
    """One table to import."""

    file = forms.FileField(label=pgettext_lazy("import", "Table"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}))


class PolicyForm(forms.Form):
    """A new value of a regulation."""

    region = forms.ChoiceField(label=pgettext_lazy("policy", "Where"), required=False)
    value = forms.DecimalField(label=pgettext_lazy("policy", "Value"), max_digits=14, decimal_places=4)
    valid_from = forms.DateField(
        label=pgettext_lazy("policy", "In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    mark = forms.ChoiceField(label=pgettext_lazy("policy", "How well it is founded"), choices=PolicyMark)
    source = forms.CharField(
        label=pgettext_lazy("fact", "Source"), max_length=300, help_text=_("Title, number and article of the document.")
    )

    def __init__(self, *args, regions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", pgettext_lazy("policy", "everywhere")), *sorted(regions.items())]


class WorkdayForm(forms.Form):
    """A day that breaks the ordinary week."""

    date = forms.DateField(label=pgettext_lazy("workday", "Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    works = forms.TypedChoiceField(
        label=pgettext_lazy("workday", "Offices are"),
        choices=[("0", pgettext_lazy("workday", "closed")), ("1", pgettext_lazy("workday", "open"))],
        coerce=lambda text: text == "1",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=pgettext_lazy("workday", "Occasion"), max_length=60, required=False)
    source = forms.CharField(
        label=pgettext_lazy("fact", "Source"), max_length=200, help_text=_("Title and number of the State Council's notice.")
    )


class AuditFilter(forms.Form):
    """What to show of the trail."""

    since = forms.DateField(
        label=pgettext_lazy("audit", "From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=pgettext_lazy("audit", "To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    actor = forms.CharField(label=pgettext_lazy("audit", "Who"), required=False, max_length=80)
    action = forms.CharField(label=pgettext_lazy("audit", "Action"), required=False, max_length=80)
    object = forms.CharField(label=pgettext_lazy("audit", "Object"), required=False, max_length=200)
