"""What can happen to a project itself."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from hanlin.kernel.domain.audit import log
from hanlin.kernel.errors import Refused
from hanlin.people.models import Organisation, Person, Region
from projects.enums import PartyRole, ProjectLevel, Stage
from projects.models import Dossier, GovProject, Party


@transaction.atomic
def register(
    name: str,
    *,
    owner: Organisation,
    region: Region,
    level: ProjectLevel,
    stage: Stage,
    budget: Decimal,
    goal: str,
    actor: Person,
    competent: Organisation | None = None,
    is_demo: bool = False,
) -> GovProject:
    """Enter a project into the register, with an empty dossier of its stage.

    `budget` is in 10,000 yuan. Raises Refused where the owner has a project of this name, or the budget is negative.
    """
    name = name.strip()
    if budget < 0:
        raise Refused(_("A budget cannot be negative."))
    Organisation.objects.select_for_update().get(pk=owner.pk)  # two people registering the same project take turns
    if GovProject.objects.filter(owner=owner, name=name).exists():
        raise Refused(
            _("%(owner)s has a project of this name already. Open that one, or give this phase its own name.")
            % {"owner": owner.name}
        )
    project = GovProject.objects.create(
        name=name, owner=owner, competent=competent, region=region, level=level, stage=stage, budget=budget, goal=goal.strip(),
        created_by=actor, is_demo=is_demo,
    )  # fmt: skip
    Dossier.objects.create(project=project, stage=stage)
    log(project, "projects.project.register", actor=actor, after={"stage": stage, "budget": budget, "owner": owner.name})
    return project


@transaction.atomic
def change(project: GovProject, *, actor: Person, **fields: object) -> GovProject:
    """Correct what the register says of a project: name, competent department, budget, goal.

    Raises Refused where another project of the owner bears the name.
    """
    before = {key: getattr(project, key) for key in fields}
    for key, value in fields.items():
        setattr(project, key, value)
    if project.budget < 0:
        raise Refused(_("A budget cannot be negative."))
    if GovProject.objects.filter(owner=project.owner_id, name=project.name).exclude(pk=project.pk).exists():
        raise Refused(_("Another project bears this name. Give this phase its own name."))
    project.save(update_fields=list(fields))
    log(project, "projects.project.change", actor=actor, before=before, after=fields)
    return project


@transaction.atomic
def set_parties(project: GovProject, parties: Iterable[tuple[PartyRole, Organisation]], *, actor: Person) -> None:
    """Say which bodies have a part in a project; conflicts of interest are tested against them."""
    wanted = {(role, body.pk) for role, body in parties}
    there = {(party.role, party.organisation_id): party for party in project.parties.select_related("organisation")}
    for key in there.keys() - wanted:
        there[key].delete()
    Party.objects.bulk_create(Party(project=project, role=role, organisation_id=pk) for role, pk in sorted(wanted - there.keys()))
    if there.keys() != wanted:
        log(project, "projects.party.set", actor=actor, before={"parties": sorted(there)}, after={"parties": sorted(wanted)})


@transaction.atomic
def advance(project: GovProject, stage: Stage, *, actor: Person) -> GovProject:
    """Take a project to a later stage and open that stage's dossier. Raises Refused for a step back."""
    project = GovProject.objects.select_for_update().get(pk=project.pk)
    order = list(Stage)
    if order.index(stage) <= order.index(Stage(project.stage)):
        raise Refused(_("A project only goes forward: it is at “%(stage)s” now.") % {"stage": project.get_stage_display()})
    before, project.stage = project.stage, stage
    project.save(update_fields=["stage"])
    Dossier.objects.get_or_create(project=project, stage=stage)
    log(project, "projects.project.advance", actor=actor, before={"stage": before}, after={"stage": stage})
    return project
