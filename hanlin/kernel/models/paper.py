import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hanlin.kernel.enums import PaperKind, PaperState

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that reads like something else
CODE_LENGTH = 20  # 30^20: about 98 bits, beyond guessing


def new_code() -> str:
    """A verification code that nobody can guess from another."""
    return "".join(secrets.choice(CODE_LETTERS) for _n in range(CODE_LENGTH))


class NumberCounter(models.Model):
    """The last number given in one series of one issuer in one year. Its row lock makes the series gap-free."""

    issuer_code = models.CharField(max_length=20)
    series = models.CharField(max_length=10, blank=True)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("number counter")
        constraints = [models.UniqueConstraint(fields=["issuer_code", "series", "year"], name="counter_one_per_series")]

    def __str__(self) -> str:
        return f"{self.issuer_code}{self.series}〔{self.year}〕{self.last}"


class OfficialDocument(models.Model):
    """One paper (公文): its number, the data it was made of, frozen, and the files with their digests."""

    NEXT = {
        PaperState.NUMBERED: {PaperState.RENDERED, PaperState.FAILED},
        PaperState.FAILED: {PaperState.NUMBERED},
    }
    BADGES = {PaperState.NUMBERED: "run", PaperState.RENDERED: "done", PaperState.FAILED: "late"}

    template = models.CharField(max_length=60)  # room.noun, as registered
    template_version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=PaperKind)
    issuer_name = models.CharField(max_length=120)
    issuer_code = models.CharField(max_length=20)
    series = models.CharField(max_length=10, blank=True)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    number_text = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    data = models.JSONField()
    public = models.JSONField(default=dict)  # what a stranger with the code may read, by field name
    object_type = models.CharField(max_length=80)  # app_label.model
    object_id = models.CharField(max_length=64)
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    state = models.CharField(max_length=10, choices=PaperState, default=PaperState.NUMBERED, editable=False)
    pdf = models.CharField(max_length=200, blank=True)  # names in the private storage
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_sm3 = models.CharField(max_length=64, blank=True)
    docx = models.CharField(max_length=200, blank=True)
    docx_sha256 = models.CharField(max_length=64, blank=True)
    docx_sm3 = models.CharField(max_length=64, blank=True)
    signature = models.JSONField(default=dict)  # subject, serial, fingerprint, algorithm, at, software
    issued_on = models.DateField()  # 成文日期
    issued_at = models.DateTimeField()
    issued_by_id = models.BigIntegerField(null=True)
    issued_by_name = models.CharField(max_length=80, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=200, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("official document")
        constraints = [
            models.UniqueConstraint(fields=["issuer_code", "series", "year", "number"], name="paper_number_once"),
            models.CheckConstraint(condition=Q(state__in=PaperState.values), name="paper_state_known"),
            models.CheckConstraint(
                condition=~Q(state=PaperState.RENDERED) | (~Q(pdf="") & ~Q(pdf_sha256="")), name="paper_rendered_has_file"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_reason="") | (Q(revoked_at__isnull=False) & ~Q(revoked_reason="")),
                name="paper_revoked_with_reason",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="paper_number_from_one"),
        ]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="paper_object"),
            models.Index(fields=["pdf_sha256"], name="paper_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.number_text} {self.title}"

    @property
    def code_grouped(self) -> str:
        """The code as people read it out: 4 characters, a hyphen, 4 characters."""
        return "-".join(self.code[at : at + 4] for at in range(0, CODE_LENGTH, 4))

    @property
    def is_ready(self) -> bool:
        return self.state == PaperState.RENDERED
