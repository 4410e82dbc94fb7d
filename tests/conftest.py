import pytest

from tests.world import World


@pytest.fixture
def world(db):
    """Two provinces, their bodies, and one person of every role of the permission table."""
    return World.make()


@pytest.fixture(autouse=True)
def _calm(settings, tmp_path):
    """No test shares cached policy days or files with another."""
    from django.core.cache import cache

    from hanlin.kernel.queries.calendar import forget_stored_days

    cache.clear()
    forget_stored_days()
