"""What people type into this room's pages. Nothing is written here: the domain decides."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanlin.people.enums import Gender, OrganisationKind, RankSystem, Role
from hanlin.people.models import Organisation, Person, Rank, Region
from hanlin.people.queries.logins import by_login
from hanlin.people.validators import clean_credit_code, clean_mobile


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class LoginForm(AllauthLoginForm):
    """One field for three kinds of name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name, e-mail or mobile number")
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class BodyField(forms.ModelChoiceField):
    """One of the bodies that the person acting looks after, indented as in the tree."""

    def __init__(self, queryset, **kwargs):
        super().__init__(queryset, **{"empty_label": _("choose a body") if kwargs.get("required", True) else _("none"), **kwargs})

    def label_from_instance(self, body):
        return f"{'　' * (body.depth - 1)}{body.name}"


class RankField(forms.ModelChoiceField):
    def __init__(self, system, **kwargs):
        super().__init__(Rank.objects.filter(system=system).order_by("order"), required=False, empty_label=_("none"), **kwargs)


class PersonField(forms.CharField):
    """A person by user name, or by a full name that only one person bears."""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        if person := by_login(text):
            return person
        found = list(Person.objects.filter(name=text)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Several people bear this name. Write the user name instead."))
        raise forms.ValidationError(_("Nobody here has this name or user name."))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It stays in the audit trail."))


class PostForm(forms.Form):
    organisation = BodyField(Organisation.objects.none(), label=_("Body"))
    title = forms.CharField(label=_("Post"), max_length=80)
    level = RankField(RankSystem.LEADERSHIP, label=_("Leading post level"))
    grade = RankField(RankSystem.GRADE, label=_("Civil grade"))
    is_main = forms.BooleanField(
        label=_("Main post"), required=False, initial=True, help_text=_("A new main post ends the one before it.")
    )
    started_on = forms.DateField(label=_("From the day"), widget=DateInput, initial=timezone.localdate)

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies


class EndPostForm(forms.Form):
    ended_on = forms.DateField(label=_("Last day is the day before"), widget=DateInput, initial=timezone.localdate)


class GrantForm(forms.Form):
    person = PersonField(label=_("Person"), help_text=_("User name, or the full name where only one person bears it."))
    role = forms.ChoiceField(label=_("Role"), choices=Role)
    organisation = BodyField(Organisation.objects.none(), label=_("Over this body and all below it"))
    started_on = forms.DateField(label=_("From the day"), widget=DateInput, initial=timezone.localdate)
    ended_on = forms.DateField(label=_("Until before"), widget=DateInput, required=False, help_text=_("Empty: until it is ended."))
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Title of the decision. It stays in the trail."))

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies


class AccountForm(forms.Form):
    name = forms.CharField(label=_("Person's name"), max_length=60)
    username = forms.RegexField(
        r"^[A-Za-z][A-Za-z0-9._-]{2,59}$",
        label=_("User name"),
        required=False,
        help_text=_("Left empty, it is made from the pinyin of the name."),
        error_messages={"invalid": _("A user name begins with a letter and has 3 to 60 letters, digits, dots or dashes.")},
    )
    gender = forms.ChoiceField(label=_("Gender"), choices=Gender, required=False, initial=Gender.UNKNOWN)
    email = forms.EmailField(label=_("E-mail"), required=False)
    mobile = forms.CharField(label=_("Mobile number"), required=False)

    def clean_mobile(self):
        text = self.cleaned_data["mobile"]
        return clean_mobile(text) if text else ""


class OrganisationForm(forms.Form):
    name = forms.CharField(label=_("Full name of the body"), max_length=120)
    short_name = forms.CharField(label=_("Short name"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind)
    region = forms.ModelChoiceField(Region.objects.order_by("code"), label=_("Region"))
    credit_code = forms.CharField(label=_("Unified social credit code"), max_length=18, required=False)
    document_code = forms.CharField(
        label=_("Document code"),
        max_length=20,
        required=False,
        help_text=_("Stands before the year in document numbers, as in 示专委〔2026〕1号."),
    )
    founded_on = forms.DateField(label=_("Name valid from"), widget=DateInput, initial=timezone.localdate)

    def clean_credit_code(self):
        code = self.cleaned_data["credit_code"]
        return clean_credit_code(code) if code else ""


class RenameForm(forms.Form):
    name = forms.CharField(label=_("New full name"), max_length=120)
    short_name = forms.CharField(label=_("New short name"), max_length=40, required=False)
    valid_from = forms.DateField(label=_("Name valid from"), widget=DateInput, initial=timezone.localdate)


class CloseForm(forms.Form):
    closed_on = forms.DateField(label=_("Closed from"), widget=DateInput, initial=timezone.localdate)
    successor = BodyField(
        Organisation.objects.none(), label=_("Succeeded by"), required=False, help_text=_("Open posts go on there from that day.")
    )

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = bodies
