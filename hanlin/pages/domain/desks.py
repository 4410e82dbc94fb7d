"""Which Wagtail groups stand for which of our roles, and who is in them.

What a person may do stands in their grants, with dates. Wagtail asks groups instead; so on every
entry to /cms/ the person's groups are set to what the grants of today say. No date runs out unseen.
"""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from courses.models import CatalogueIndex
from hanlin.pages.models import HomePage
from hanlin.people.enums import Role
from hanlin.people.models import Person
from hanlin.people.queries.scope import has_role

DESKS = {Role.EDITOR: "hanlin: editors", Role.TRAINING_ADMIN: "hanlin: training administrators"}
PAGE_PERMISSIONS = ("add", "change", "publish", "lock", "unlock")
FILES = ("add", "change", "choose")


@transaction.atomic
def load() -> None:
    """Make the groups with their permissions; run it again after a release."""
    editors, trainers = (Group.objects.get_or_create(name=name)[0] for name in DESKS.values())
    for group in (editors, trainers):
        _allow(group, Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin"))
        _allow_files(group)
    _allow_pages(editors, HomePage.objects.all())
    _allow_pages(trainers, CatalogueIndex.objects.all())
    models = {model._meta.model_name for model in apps.get_app_config("courses").get_models()}
    _allow(trainers, Permission.objects.filter(content_type__app_label="courses", content_type__model__in=models))


def seat(person: Person) -> None:
    """Put the person into the groups that their roles of today stand for, and out of the others of ours."""
    wanted = {name for role, name in DESKS.items() if has_role(person, role)}
    held = set(person.groups.filter(name__in=DESKS.values()).values_list("name", flat=True))
    if wanted - held:
        person.groups.add(*Group.objects.filter(name__in=wanted - held))
    if held - wanted:
        person.groups.remove(*Group.objects.filter(name__in=held - wanted))


def _allow(group: Group, permissions: Iterable[Permission]) -> None:
    group.permissions.add(*permissions)


def _allow_pages(group: Group, pages: Iterable[Page]) -> None:
    for page in pages:
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=[f"{verb}_page" for verb in PAGE_PERMISSIONS]
        ):
            GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def _allow_files(group: Group) -> None:
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    names = [f"{verb}_{model}" for verb in FILES for model in ("image", "document")]
    for permission in Permission.objects.filter(content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=names):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
