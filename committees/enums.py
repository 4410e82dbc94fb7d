from django.db import models
from django.utils.translation import gettext_lazy as _


class SeatRole(models.TextChoices):
    CHAIR = "chair", _("chair")
    VICE_CHAIR = "vice_chair", _("vice chair")
    SECRETARY_GENERAL = "secretary_general", _("secretary general")
    MEMBER = "member", _("committee member")


class FieldFamily(models.TextChoices):
    """What a field counts as when a panel's composition is required by shares."""

    TECHNICAL = "technical", _("technical")
    ECONOMIC = "economic", _("economic")
    SECURITY = "security", _("security and cryptography")
    LAW = "law", _("law and standards")
    BUSINESS = "business", _("business")


class ExpertState(models.TextChoices):
    ACTIVE = "active", _("in the pool")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("left the pool")


class AdmissionState(models.TextChoices):
    NOMINATED = "nominated", _("nominated")
    EXAMINED = "examined", _("examined, may be appointed")
    APPOINTED = "appointed", _("appointed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class TieKind(models.TextChoices):
    """What binds a person, or a relative of theirs, to a body."""

    EMPLOYMENT = "employment", _("employment relation")
    DIRECTOR = "director", _("director or supervisor of the company")
    CONTROLLER = "controller", _("controlling shareholder or actual controller")
    SHAREHOLDER = "shareholder", _("shares or investment")
    PRINCIPAL = "principal", _("legal representative or person in charge")
    CONSULTANCY = "consultancy", _("adviser or consultant")
    ECONOMIC = "economic", _("economic interest")
    DISPUTE = "dispute", _("legal dispute")
    ACADEMIC = "academic", _("teacher and student, co-author or same research group")
    OVERSIGHT = "oversight", _("supervising department")
    OTHER = "other", _("another relation")


class Relation(models.TextChoices):
    """Whose tie it is: the person's own, or a relative's by the four statutory classes."""

    SELF = "self", _("own")
    SPOUSE = "spouse", _("spouse")
    LINEAL = "lineal", _("lineal relative by blood")
    COLLATERAL = "collateral_3", _("collateral relative within three generations")
    AFFINITY = "near_affinity", _("near relative by marriage")


class TieOrigin(models.TextChoices):
    DECLARED = "declared", _("declared by the person")
    FOUND = "found", _("found by the secretariat")


class PartyRole(models.TextChoices):
    """In what role a body stands to the matter that is reviewed."""

    APPLICANT = "applicant", _("project owner")
    CONTRACTOR = "contractor", _("contractor or supplier")
    DESIGNER = "designer", _("designer")
    SUPERVISOR = "supervisor", _("supervising firm")
    CONSULTANT = "consultant", _("consulting firm")
    COMPETENT = "competent", _("competent or supervising department")


class Effect(models.TextChoices):
    """What a finding does, from the hardest to the mildest."""

    BLOCK = "block", _("must withdraw")
    WARN = "warn", _("the secretary confirms with a reason")
    DISCLOSE = "disclose", _("the panel is told")


class Detector(models.TextChoices):
    """How a rule is found out; the rules marked `matter` need the matter itself and are found by the rooms above."""

    TIE = "tie", _("ties on record")
    OWN_UNIT = "own_unit", _("own unit")
    AGE = "age", _("age")
    MATTER = "matter", _("facts of the matter")


class AbsenceKind(models.TextChoices):
    AWAY = "away", _("away")
    LEAVE = "leave", _("leave")
    OTHER = "other", _("other")
