"""Who may open which page of the room "pages". The public site is open; the editors' rooms are not."""

from hanlin.kernel.domain import reference as facts
from hanlin.pages.domain import reference
from tests.permissions import Row

ROWS = {
    "kernel:styleguide": Row(allow="everyone", ok=404),  # only a demo shows it
    "healthz": Row(allow="everyone"),
    "pages:front": Row(allow="stranger", deny=302),
    "pages:public": Row(allow="everyone"),
    "pages:workbench": Row(allow="members"),
    "pages:search": Row(allow="everyone"),
    "pages:news": Row(allow="everyone"),
    "pages:standards": Row(allow="everyone"),
    "pages:cases": Row(allow="everyone"),
    "pages:image": Row(allow="everyone", ok=404, args=lambda things: ["nothing.png"]),
    "pages:cms_login": Row(allow="stranger training_admin", ok=302),
    "wagtailadmin_home": Row(allow="training_admin"),
    "wagtailadmin_explore_root": Row(allow="training_admin", ok=302),
}


def build(world):
    """The site with its sections, as a new installation has it."""
    facts.load()  # the workbench asks for policy values
    reference.load_structure()
    return {}
