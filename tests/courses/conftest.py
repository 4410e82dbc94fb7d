import pytest

from courses.domain import reference


@pytest.fixture
def rules(db):
    """The room's conversions and policy values."""
    reference.load()
