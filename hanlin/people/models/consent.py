from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person


class Consent(models.Model):
    """What a person agreed to, in which version, and when they took it back."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    legal_basis = models.CharField(max_length=120)  # 个人信息保护法 article 13
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("consent")

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"
