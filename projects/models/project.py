from django.db import models
from django.utils.translation import gettext_lazy as _

from hanlin.people.enums import Role
from hanlin.people.models import Organisation, Person, Region
from hanlin.people.queries.scope import within
from projects.enums import PartyRole, ProjectLevel, Stage


class GovProjectQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Projects of the bodies that the person owns projects for, keeps as secretary, or leads."""
        return self.filter(within(person, "owner", Role.OWNER, Role.SECRETARY, Role.LEADER))


class GovProject(models.Model):
    """A government informatization project (政务信息化项目)."""

    name = models.CharField(_("name of the project"), max_length=120)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="owned_projects", verbose_name=_("project owner"))
    competent = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supervised_projects",
        verbose_name=_("competent department"),
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="projects", verbose_name=_("region"))
    level = models.CharField(_("level"), max_length=12, choices=ProjectLevel)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.PROPOSAL)
    budget = models.DecimalField(_("budget (10,000 yuan)"), max_digits=12, decimal_places=2)
    goal = models.TextField(_("what it is for"), max_length=2000)
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    is_demo = models.BooleanField(default=False)

    objects = GovProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="project_name_once_per_owner"),
            models.CheckConstraint(condition=models.Q(budget__gte=0), name="project_budget_not_negative"),
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="project_stage_known"),
        ]
        indexes = [models.Index(fields=["stage", "-created_at"], name="project_by_stage")]

    def __str__(self) -> str:
        return self.name


class Party(models.Model):
    """A firm or body with a part in the project besides its owner; conflicts of interest are tested against it."""

    project = models.ForeignKey(GovProject, models.CASCADE, related_name="parties")
    role = models.CharField(max_length=12, choices=PartyRole)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="project_parts")

    class Meta:
        verbose_name = _("party to a project")
        constraints = [models.UniqueConstraint(fields=["project", "role", "organisation"], name="party_once")]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"
