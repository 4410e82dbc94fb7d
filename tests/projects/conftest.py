import pytest

from tests.projects.flow import Flow


@pytest.fixture
def flow(world):
    """Committee, pool and room of the first province."""
    return Flow.begin(world)
