from .definition import Criterion, Form, Gate, ReviewDefinition
from .dossier import Document, DocumentVersion, Dossier, Reading
from .project import GovProject, Party
from .review import ExpertReview, Round

__all__ = [
    "Criterion", "Document", "DocumentVersion", "Dossier", "ExpertReview", "Form", "Gate", "GovProject",
    "Party", "Reading", "ReviewDefinition", "Round",
]  # fmt: skip
