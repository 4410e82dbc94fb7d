"""Who may open which page of the papers and their public verification."""

from tests.factories import papers as factory
from tests.permissions import Row

MAY = ("owner", "secretary")
HIDDEN = "learner other_learner training_admin other_secretary expert other_expert leader system_admin security_admin audit_admin"


def _private(**fields):
    """Those whom the room's rule lets in; to all others the paper does not exist."""
    return Row(allow=" ".join(MAY), hidden=HIDDEN, args=lambda things: [things["paper"].pk], **fields)


ROWS = {
    "kernel:verify": Row(allow="everyone"),
    "kernel:verify_paper": Row(allow="everyone", args=lambda things: [things["paper"].code]),
    "kernel:compare_paper": Row(allow="everyone", ok=422, method="post", args=lambda things: [things["paper"].code]),
    "kernel:paper": _private(),
    "kernel:paper_pdf": _private(),
    "kernel:paper_docx": _private(),
    "kernel:paper_again": _private(ok=302, method="post"),
}


def build(world):
    """One paper with files, of a template whose rule names two persons."""
    from hanlin.kernel.domain import papers

    papers.register_template(
        "test.table", version=1, template="papers/notice.html", kind="notice", series="表", public_fields={"title": "标题"}
    )
    papers.register_paper_access("test.table", lambda person, paper: person.username in MAY)
    return {"paper": factory.with_files(factory.issue("test.table"))}
