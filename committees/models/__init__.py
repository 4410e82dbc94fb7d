from .coi import CoiRule
from .committee import ExpertCommittee, SpecialistGroup, Term
from .expert import Expert, PoolAdmission
from .field import Field
from .seat import Seat
from .tie import Absence, Tie

__all__ = [
    "Absence", "CoiRule", "Expert", "ExpertCommittee", "Field", "PoolAdmission", "Seat", "SpecialistGroup", "Term", "Tie",
]  # fmt: skip
