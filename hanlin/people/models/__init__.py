from .consent import Consent
from .grant import Grant
from .notice import Notice
from .organisation import Organisation, OrganisationName
from .person import PasswordKept, Person, PersonName
from .post import Employment, Post, Rank
from .region import Region

__all__ = [
    "Consent", "Employment", "Grant", "Notice", "Organisation", "OrganisationName",
    "PasswordKept", "Person", "PersonName", "Post", "Rank", "Region",
]  # fmt: skip
