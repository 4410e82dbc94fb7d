"""Walking the whole trail on demand, and saying in words where it does not hold."""

from django.utils.translation import gettext as _

from hanlin.kernel.domain import jobs
from hanlin.kernel.domain.audit import Actor, Break, breaks, log, seal
from hanlin.kernel.errors import Refused
from hanlin.kernel.models import AuditChain, AuditEntry, Job

VERIFY = "kernel.verify_audit"
NAMED_AT_MOST = 200  # places told; more of them say nothing new


def words(place: Break) -> str:
    """A break as a person reads it."""
    what = {
        "genesis": _("its beginning does not follow from the month before"),
        "missing": _("entries are missing before it"),
        "link": _("it does not follow from the entry before it"),
        "content": _("its words were changed after it was sealed"),
        "head": _("the end of the month does not match the chain"),
    }[place.what]
    return _("%(month)s, entry %(seq)d: %(what)s") % {"month": place.month, "seq": place.seq, "what": what}


def ask_verification(*, actor: Actor) -> Job:
    """Have a worker walk the chains; asked twice at once, it is walked once."""
    return jobs.start(VERIFY, actor=actor, arguments={}, key="all")


def verify_job(job: Job) -> None:
    """Seal what waits, then walk every chain. Where one does not hold the job ends as failed, with the places (Refused)."""
    while seal():
        pass
    total = AuditEntry.objects.exclude(chain=None).count()
    jobs.progress(job, 0, total, _("Walking the chains"))
    found = []
    for place in breaks(walked=lambda count: jobs.progress(job, min(count, total), total, _("Walking the chains"))):
        found.append(words(place))
        if len(found) == NAMED_AT_MOST:
            break
    job.result = {"entries": total, "breaks": found}
    if found:
        raise Refused(_("The chain does not hold in %(count)d places. First: %(first)s") % {"count": len(found), "first": found[0]})
    chains = AuditChain.objects.count()
    jobs.progress(
        job, total, total, _("All %(total)d entries in %(chains)d monthly chains hold.") % {"total": total, "chains": chains}
    )


def note_export(*, actor: Actor, count: int, filters: dict[str, str]) -> None:
    """Reading the trail out is itself a thing that happened."""
    chain = AuditChain.objects.order_by("-month").first()
    if chain is not None:
        log(chain, "kernel.audit.export", actor=actor, after={"entries": count, **filters})
