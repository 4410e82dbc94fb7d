"""Who may open which page of the room "people"."""

from tests.permissions import Row

ROWS = {
    "people:me": Row(allow="members"),
    "kernel:styleguide": Row(deny=404, stranger=404),  # the frame's parts: for demos and development
    "people:display": Row(allow="everyone", ok=302, method="post", data=lambda things: {"theme": "dark"}),
}


def build(world):
    """Nothing to make yet."""
    return {}
