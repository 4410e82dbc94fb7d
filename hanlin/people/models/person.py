from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanlin.kernel.crypto import EncryptedTextField, blind_index
from hanlin.kernel.text import pinyin_key, pinyin_plain
from hanlin.people.enums import DIRECTORY, DisplayMode, Gender, PersonStatus, Theme


class PersonQuerySet(models.QuerySet):
    def visible_to(self, person):
        """People with a post or a role inside the subtrees that `person` looks after, and `person`."""
        today = timezone.localdate()
        scope = models.Q(pk=person.pk)
        for path in {path for role in DIRECTORY for path in person.grant_paths().get(role, ())}:
            for link in ("posts", "grants"):
                held = models.Q(**{f"{link}__ended_on": None}) | models.Q(**{f"{link}__ended_on__gt": today})
                there = models.Q(**{f"{link}__organisation__path__startswith": path})
                scope |= models.Q(pk__in=self.model._base_manager.filter(held, there).values("pk"))
        return self.filter(scope)

    def without_password(self):
        """People to whom no first password has been handed out yet."""
        return self.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)  # noqa: S106


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):
    def create_user(self, username, password=None, **fields):
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """A person, and the account by which they log in. What they may do stands in their grants."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    pinyin = models.CharField(max_length=200, editable=False)  # sorts as a directory does
    pinyin_plain = models.CharField(max_length=120, editable=False)  # finds without tones
    email = models.EmailField(_("e-mail"), blank=True)
    mobile = EncryptedTextField(_("mobile number"), blank=True)
    mobile_index = models.CharField(max_length=64, null=True, unique=True, editable=False)
    citizen_id = EncryptedTextField(_("citizen ID number"), blank=True)
    citizen_id_index = models.CharField(max_length=64, null=True, unique=True, editable=False)
    gender = models.CharField(_("gender"), max_length=1, choices=Gender, default=Gender.UNKNOWN)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    status = models.CharField(max_length=10, choices=PersonStatus, default=PersonStatus.ACTIVE)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    language = models.CharField(max_length=10, blank=True)
    display_mode = models.CharField(max_length=10, choices=DisplayMode, default=DisplayMode.STANDARD)
    theme = models.CharField(max_length=10, choices=Theme, default=Theme.LIGHT)
    is_demo = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        indexes = [models.Index(fields=["pinyin"], name="person_pinyin")]
        constraints = [
            models.UniqueConstraint(models.functions.Lower("username"), name="person_username_any_case"),
            models.UniqueConstraint(models.functions.Lower("email"), condition=~models.Q(email=""), name="person_email_any_case"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        self.pinyin, self.pinyin_plain = pinyin_key(self.name), pinyin_plain(self.name)[:120]
        self.mobile_index = blind_index(self.mobile) or None
        self.citizen_id_index = blind_index(self.citizen_id) or None
        super().save(*args, **kwargs)

    def grant_paths(self) -> dict[str, list[str]]:
        """Roles in force with the tree paths they cover; one query, then remembered on this object."""
        if not hasattr(self, "_roles"):
            self._roles: dict[str, list[str]] = {}
            for role, path in self.grants.in_force().values_list("role", "organisation__path"):
                self._roles.setdefault(role, []).append(path)
        return self._roles

    def keep_password(self) -> None:
        """Remember the present password's hash and forget those beyond the number that policy keeps."""
        self.passwords.create(sealed=self.password)
        kept = self.passwords.order_by("-pk").values_list("pk", flat=True)[: settings.HANLIN_PASSWORDS_REMEMBERED]
        self.passwords.exclude(pk__in=list(kept)).delete()

    @property
    def has_contacts(self) -> bool:
        return bool(self.mobile or self.email)

    @property
    def mobile_masked(self) -> str:
        """138****5678: enough for its owner to know it again."""
        number = self.mobile.removeprefix("+86")
        return f"{number[:3]}****{number[-4:]}" if number else ""

    @property
    def email_masked(self) -> str:
        head, at, domain = self.email.partition("@")
        return f"{head[:2]}***{at}{domain}" if at else ""

    @property
    def citizen_id_masked(self) -> str:
        return f"{'*' * 14}{self.citizen_id[-4:]}" if self.citizen_id else ""

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class PasswordKept(models.Model):
    """The hash of a password that a person has or had, so that it does not come back too soon."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="passwords")
    sealed = models.CharField(max_length=128)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("earlier password")

    def __str__(self) -> str:
        return f"{self.person} {self.set_at:%Y-%m-%d}"


class PersonName(models.Model):
    """A name that a person bore before, for identity in conflicts and archives."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="names")
    name = models.CharField(max_length=60)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("earlier name")

    def __str__(self) -> str:
        return self.name
