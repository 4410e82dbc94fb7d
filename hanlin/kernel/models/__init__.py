from .audit import AuditChain, AuditEntry
from .job import Job, Outbox
from .policy import PolicyValue
from .workday import Workday

__all__ = ["AuditChain", "AuditEntry", "Job", "Outbox", "PolicyValue", "Workday"]
