from .audit import AuditChain, AuditEntry
from .import_batch import ImportBatch
from .job import Job, Outbox
from .paper import NumberCounter, OfficialDocument
from .policy import PolicyValue
from .workday import Workday

__all__ = [
    "AuditChain",
    "AuditEntry",
    "ImportBatch",
    "Job",
    "NumberCounter",
    "OfficialDocument",
    "Outbox",
    "PolicyValue",
    "Workday",
]
