"""Who may open which page of the kernel."""

from tests.kernel import table_office, table_papers

ROWS = {**table_office.ROWS, **table_papers.ROWS}


def build(world):
    """The things that the kernel's addresses need."""
    return {**(table_papers.build(world) or {}), **table_office.build(world)}
