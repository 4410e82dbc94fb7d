"""Where allauth asks us: who may come in by which name, what is written down, what is sealed."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django import forms
from django.utils.translation import gettext_lazy as _

from hanlin.kernel.crypto import blind_index, decrypt, encrypt
from hanlin.people.domain import logins
from hanlin.people.queries.logins import by_login, by_mobile
from hanlin.people.validators import clean_mobile

WRONG = _("User name or password are not right. After five wrong tries the account is locked for a quarter of an hour.")


class MobileField(forms.CharField):
    """A mainland mobile number, cleaned to E.164."""

    def clean(self, value):
        return clean_mobile(super().clean(value))


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from the roster; whoever logs in is written down."""

    # one sentence for every wrong try: it must not tell whether the account exists
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "phone_password_mismatch": WRONG,
        "too_many_login_attempts": _("Too many tries from this address. Wait a minute and try again."),
        "incorrect_password": _("The password is not right."),
        "incorrect_code": _("The code is not right. Use the newest one that the app shows."),
    }

    def is_open_for_signup(self, request):
        return False

    def phone_form_field(self, **kwargs):
        return MobileField(**kwargs)

    def get_user_by_phone(self, phone):
        return by_mobile(phone)

    def get_phone(self, user):
        return (user.mobile, True) if user.mobile else None

    def login(self, request, user):
        """Called once every stage has been passed."""
        super().login(request, user)
        proofs = get_authentication_records(request, user)
        logins.came_in(user, by=", ".join(record.get("type") or record["method"] for record in proofs))

    def logout(self, request):
        if request.user.is_authenticated:
            logins.went_out(request.user, why="asked")
        super().logout(request)

    def authentication_failed(self, request, **credentials):
        login = credentials.get("username") or credentials.get("email") or credentials.get("phone") or ""
        logins.failed(login)

    def set_password(self, user, password):
        """Set by the person's own hand: the duty to change it is done."""
        user.must_change_password = False
        super().set_password(user, password)

    def get_client_ip(self, request):
        return request.META.get("REMOTE_ADDR", "")


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed with the installation's field key."""

    def encrypt(self, text):
        return encrypt(text)

    def decrypt(self, encrypted_text):
        return decrypt(encrypted_text)

    def get_totp_label(self, user):
        return user.username

    def get_totp_issuer(self):
        return "翰林"


class SocialAdapter(DefaultSocialAccountAdapter):
    """A provider's account only opens the account that its owner linked while logged in."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def is_auto_signup_allowed(self, request, sociallogin):
        return False


def name_tried(request, credentials):
    """The name under which axes counts tries: the same account by whichever name, never a typed number."""
    given = credentials or {}
    login = (
        given.get("username") or given.get("email") or given.get("phone") or given.get("login") or request.POST.get("login") or ""
    )
    person = by_login(login)
    if person is not None:
        return person.username.lower()
    return f"?{blind_index(login.strip().lower())[:32]}"
