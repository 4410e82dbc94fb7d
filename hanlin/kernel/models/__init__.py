from .audit import AuditChain, AuditEntry
from .import_batch import ImportBatch
from .job import Job, Outbox
from .policy import PolicyValue
from .workday import Workday

__all__ = ["AuditChain", "AuditEntry", "ImportBatch", "Job", "Outbox", "PolicyValue", "Workday"]
