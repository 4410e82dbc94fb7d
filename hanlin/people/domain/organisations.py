"""The tree of bodies: added, renamed, closed and succeeded, each from a date."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanlin.kernel.domain.audit import log
from hanlin.kernel.errors import Refused
from hanlin.people.enums import OrganisationKind
from hanlin.people.models import Grant, Organisation, OrganisationName, Person, Post, Region


@transaction.atomic
def add(
    name: str,
    *,
    parent: Organisation | None,
    kind: OrganisationKind,
    region: Region,
    actor: Person | None,
    on: date,
    short_name: str = "",
    credit_code: str = "",
    document_code: str = "",
    is_demo: bool = False,
) -> Organisation:
    """Add a body below `parent`, or a new root. A second body of that name under the same parent is refused."""
    siblings = parent.get_children() if parent else Organisation.get_root_nodes()
    if siblings.filter(name=name, closed_on=None).exists():
        raise Refused(_("There is a body called %(name)s here already.") % {"name": name})
    if credit_code and (other := Organisation.objects.filter(credit_code=credit_code).first()):
        raise Refused(_("This unified social credit code belongs to %(name)s already.") % {"name": other.name})
    if parent is not None and parent.closed_on is not None:
        raise Refused(_("%(name)s is closed; nothing can be added below it.") % {"name": parent.name})
    body = Organisation(
        name=name,
        kind=kind,
        region=region,
        short_name=short_name,
        credit_code=credit_code or None,
        document_code=document_code,
        is_demo=is_demo or (parent is not None and parent.is_demo),
    )
    if parent is None:
        Organisation.add_root(instance=body)
    else:
        # treebeard counts children in memory: two who add at once take turns and read afresh
        Organisation.objects.select_for_update().get(pk=parent.pk).add_child(instance=body)
    OrganisationName.objects.create(organisation=body, name=name, valid_from=on)
    log(body, "people.organisation.add", actor=actor, after={"name": name, "kind": kind, "parent": parent.name if parent else ""})
    return body


@transaction.atomic
def rename(body: Organisation, name: str, *, actor: Person, on: date, short_name: str = "") -> Organisation:
    """Give a body a new name from `on`; the old one stays findable with its dates."""
    body = Organisation.objects.select_for_update().get(pk=body.pk)
    if name == body.name:
        raise Refused(_("The body bears this name already."))
    if body.closed_on is not None:
        raise Refused(_("%(name)s is closed; it cannot be renamed.") % {"name": body.name})
    current = body.names.filter(valid_to=None).first()
    if current is not None and on <= current.valid_from:
        raise Refused(
            _("The present name holds since %(date)s; the new one must begin later.") % {"date": current.valid_from.isoformat()}
        )
    body.names.filter(valid_to=None).update(valid_to=on)
    OrganisationName.objects.create(organisation=body, name=name, valid_from=on)
    before = {"name": body.name, "short_name": body.short_name}
    body.name, body.short_name = name, short_name
    body.save(update_fields=["name", "short_name"])
    log(body, "people.organisation.rename", actor=actor, before=before, after={"name": name, "short_name": short_name, "on": on})
    return body


@transaction.atomic
def close(body: Organisation, *, actor: Person, on: date, successor: Organisation | None = None) -> Organisation:
    """Close a body from `on`. With a successor, open posts go on there; without one they must have ended.

    Refused while bodies below are open, or while roles over the body are in force: ending those is the
    security administrator's to do.
    """
    body = Organisation.objects.select_for_update().get(pk=body.pk)
    _refuse_to_close(body, successor, on)
    posts = list(Post.objects.select_for_update().current(on).filter(organisation=body).order_by("pk"))
    if posts and successor is None:
        raise Refused(
            ngettext(
                "%(n)d person still has a post here. End it first, or name the body that succeeds.",
                "%(n)d people still have posts here. End them first, or name the body that succeeds.",
                len(posts),
            )
            % {"n": len(posts)}
        )
    for post in posts:
        post.ended_on = max(on, post.started_on)
        post.save(update_fields=["ended_on"])
        post.pk, post.organisation, post.started_on, post.ended_on = None, successor, post.ended_on, None
        post.save()
    body.closed_on, body.succeeded_by = on, successor
    body.save(update_fields=["closed_on", "succeeded_by"])
    log(
        body,
        "people.organisation.close",
        actor=actor,
        after={"on": on, "successor": successor.name if successor else "", "posts": len(posts)},
    )
    return body


def _refuse_to_close(body: Organisation, successor: Organisation | None, on: date) -> None:
    """Every reason against closing that needs no decision about posts."""
    if body.closed_on is not None:
        raise Refused(_("%(name)s is closed already.") % {"name": body.name})
    if body.get_descendants().filter(closed_on=None).exists():
        raise Refused(_("Bodies below %(name)s are still open. Close them first.") % {"name": body.name})
    if successor is not None and (successor.pk == body.pk or successor.closed_on is not None):
        raise Refused(_("The successor must be another body that is open."))
    grants = Grant.objects.in_force(on).filter(organisation=body).count()
    if grants:
        raise Refused(
            ngettext(
                "%(n)d role over this body is in force. The security administrator must end it first.",
                "%(n)d roles over this body are in force. The security administrator must end them first.",
                grants,
            )
            % {"n": grants}
        )
