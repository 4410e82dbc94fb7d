"""Posts of people in bodies, with dates: the ground of training duties, of scope and of conflicts of interest."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from hanlin.kernel.domain.audit import log
from hanlin.kernel.errors import Refused
from hanlin.people.models import Organisation, Person, Post, Rank


@transaction.atomic
def start(
    person: Person,
    organisation: Organisation,
    *,
    title: str,
    on: date,
    actor: Person | None,
    level: Rank | None = None,
    grade: Rank | None = None,
    professional_title: Rank | None = None,
    is_main: bool = True,
    until: date | None = None,
) -> Post:
    """Give a person a post from `on`. A new open main post ends the one before it on that day.

    Refused where the body is closed, the dates cross, or the new main post would begin before the old one.
    """
    if until is not None and until < on:
        raise Refused(_("The post would end before it begins."))
    if organisation.closed_on is not None and (until is None or until > organisation.closed_on):
        raise Refused(
            _("%(name)s is closed since %(date)s.") % {"name": organisation.name, "date": organisation.closed_on.isoformat()}
        )
    Person.objects.select_for_update().get(pk=person.pk)
    if is_main and until is None:
        _end_main_before(person, on, actor)
    post = Post.objects.create(
        person=person,
        organisation=organisation,
        title=title,
        level=level,
        grade=grade,
        professional_title=professional_title,
        is_main=is_main,
        started_on=on,
        ended_on=until,
    )
    log(
        post,
        "people.post.start",
        actor=actor,
        after={"person": person.name, "organisation": organisation.name, "title": title, "on": on, "main": is_main},
    )
    return post


def _end_main_before(person: Person, on: date, actor: Person | None) -> None:
    """End the open main post, if there is one, on the day that the next begins."""
    held = person.posts.select_for_update().filter(is_main=True, ended_on=None).first()
    if held is None:
        return
    if on < held.started_on:
        raise Refused(
            _("The present main post began on %(date)s; a later one cannot begin before it.")
            % {"date": held.started_on.isoformat()}
        )
    held.ended_on = on
    held.save(update_fields=["ended_on"])
    log(held, "people.post.end", actor=actor, after={"on": on})


@transaction.atomic
def end(post: Post, *, actor: Person, on: date) -> Post:
    """End a post from `on`. Raises Refused where it has ended, or would end before it began."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.ended_on is not None and post.ended_on <= on:
        raise Refused(_("This post has ended already."))
    if on < post.started_on:
        raise Refused(_("The post would end before it begins."))
    before, post.ended_on = post.ended_on, on
    post.save(update_fields=["ended_on"])
    log(post, "people.post.end", actor=actor, before={"on": before}, after={"on": on})
    return post
