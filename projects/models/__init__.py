from .assessment import Assessment, GateRating, Rating, Remark
from .definition import Criterion, Form, Gate, ReviewDefinition
from .dossier import Document, DocumentVersion, Dossier, Reading
from .finding import Evidence, Finding, FindingStep
from .meeting import CalendarFeed, ReviewMeeting, Room
from .opinion import Consent, OpinionItem, PanelOpinion
from .panel import CoiDeclaration, Invitation, Panel, PanelSeat
from .project import GovProject, Party
from .review import ExpertReview, Round

__all__ = [
    "Assessment", "CalendarFeed", "CoiDeclaration", "Consent", "Criterion", "Document", "DocumentVersion", "Dossier",
    "Evidence", "ExpertReview", "Finding", "FindingStep", "Form", "Gate", "GateRating", "GovProject", "Invitation",
    "OpinionItem", "Panel", "PanelOpinion", "PanelSeat", "Party", "Rating", "Reading", "Remark", "ReviewDefinition",
    "ReviewMeeting", "Room", "Round",
]  # fmt: skip
