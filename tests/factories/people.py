"""People, bodies, posts and roles for tests."""

from datetime import date

import factory
from django.utils import timezone

from hanlin.people.enums import OrganisationKind, RankSystem, RegionLevel, Role
from hanlin.people.models import Grant, Notice, Organisation, OrganisationName, Person, Post, Rank, Region


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "990000"
    name = "示例省"
    level = RegionLevel.PROVINCE


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A body; `parent=` puts it below another, else it is a root."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"示例单位{n}")
    kind = OrganisationKind.GOVERNMENT
    region = factory.SubFactory(RegionFactory)

    @classmethod
    def _create(cls, model_class, *args, parent=None, **fields):
        body = model_class(**fields)
        if parent is None:
            model_class.add_root(instance=body)
        else:
            model_class.objects.get(pk=parent.pk).add_child(instance=body)
        OrganisationName.objects.create(organisation=body, name=body.name, valid_from=date(2018, 1, 1))
        return body


class PersonFactory(factory.django.DjangoModelFactory):
    """A person who may log in; the password is not usable unless a test sets one."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"顾昀{n}")


class RankFactory(factory.django.DjangoModelFactory):
    """A leading post; 132 is 县处级副职, tier A."""

    class Meta:
        model = Rank
        django_get_or_create = ("system", "code")

    system = RankSystem.LEADERSHIP
    code = "132"
    name = "县处级副职"
    order = 8
    training_tier = "A"
    source = "GB/T 12407-2008"


class PostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Post

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    title = "副局长"
    level = factory.SubFactory(RankFactory)
    started_on = date(2024, 1, 1)


class GrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Grant

    person = factory.SubFactory(PersonFactory)
    role = Role.TRAINING_ADMIN
    organisation = factory.SubFactory(OrganisationFactory)
    started_on = factory.LazyFunction(lambda: timezone.localdate().replace(day=1))
    reason = "测试"


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    person = factory.SubFactory(PersonFactory)
    kind = "info"
    key = factory.Sequence(lambda n: f"people.test.tell:{n}")
    subject = "通知"
