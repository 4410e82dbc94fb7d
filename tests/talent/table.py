"""What the addresses of the decision board answer to every role."""

from hanlin.talent.domain import reference
from tests.permissions import Row

SEEN_BY = "leader training_admin"


def build(world):
    """The board's stages and indicators; figures may be empty."""
    from committees.domain import reference as committees_reference
    from courses.domain import reference as courses_reference
    from projects.domain import reference as projects_reference

    courses_reference.load()
    committees_reference.load()
    projects_reference.load()
    reference.load()
    return {"body_in_scope": world.bodies["bureau"]}


ROWS = {
    "talent:board": Row(allow=SEEN_BY),
    "talent:refresh": Row(allow="leader", ok=302, method="post"),
    "talent:hours": Row(allow=SEEN_BY),
    "talent:hours_of": Row(allow=SEEN_BY, args=lambda things: [things["body_in_scope"].pk]),
    "talent:echelon": Row(allow=SEEN_BY, args=lambda things: ["cadre"]),
    "talent:reviews": Row(allow=SEEN_BY, args=lambda things: ["intake"]),
    "talent:attributes": Row(allow=SEEN_BY, args=lambda things: ["SYNERGY"]),
    "talent:findings": Row(allow=SEEN_BY, args=lambda things: ["late5"]),
    "talent:export": Row(allow=SEEN_BY, args=lambda things: ["hours"]),
}
