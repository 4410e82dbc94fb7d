"""Committees, experts, seats and ties for tests. `rules()` loads the real rules of withdrawal."""

from datetime import date

import factory

from committees.domain import reference
from committees.enums import SeatRole, TieKind, TieOrigin
from committees.models import Absence, Expert, ExpertCommittee, Field, PoolAdmission, Seat, SpecialistGroup, Term, Tie
from hanlin.people.enums import OrganisationKind
from tests.factories.people import OrganisationFactory, PersonFactory


def rules() -> None:
    """Fields, rules of withdrawal and policy values as every installation has them."""
    reference.load()


class FieldFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Field
        django_get_or_create = ("code",)

    code = "A0101"
    name = "数字政府总体框架"
    level = 3
    family = "technical"


class ExpertCommitteeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExpertCommittee

    organisation = factory.SubFactory(OrganisationFactory, kind=OrganisationKind.COMMITTEE, document_code="示专委")
    region = factory.SelfAttribute("organisation.region")
    name = factory.SelfAttribute("organisation.name")


class TermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Term

    committee = factory.SubFactory(ExpertCommitteeFactory)
    number = factory.Sequence(lambda n: n + 1)
    started_on = date(2026, 1, 1)
    ended_on = date(2029, 1, 1)


class SpecialistGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SpecialistGroup

    committee = factory.SubFactory(ExpertCommitteeFactory)
    name = factory.Sequence(lambda n: f"专业组{n}")


class SeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Seat

    term = factory.SubFactory(TermFactory)
    person = factory.SubFactory(PersonFactory)
    role = SeatRole.MEMBER
    valid_from = date(2026, 1, 15)


class ExpertFactory(factory.django.DjangoModelFactory):
    """A pool entry; `fields=[…]` gives its specialities."""

    class Meta:
        model = Expert
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    committee = factory.SubFactory(ExpertCommitteeFactory)
    title_text = "高级工程师"
    practising_since = 2005
    admitted_on = date(2026, 1, 15)
    term_until = date(2029, 1, 15)

    @factory.post_generation
    def fields(self, create, extracted, **kwargs):
        if create and extracted:
            self.fields.set(extracted)


class PoolAdmissionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PoolAdmission

    committee = factory.SubFactory(ExpertCommitteeFactory)
    person = factory.SubFactory(PersonFactory)
    title_text = "高级工程师"
    practising_since = 2005
    grounds = "长期从事政务数据共享工作。"
    nominated_by = factory.SubFactory(PersonFactory)


class TieFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tie

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory, kind=OrganisationKind.COMPANY)
    kind = TieKind.EMPLOYMENT
    origin = TieOrigin.DECLARED


class AbsenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Absence

    person = factory.SubFactory(PersonFactory)
    first_day = date(2026, 12, 8)
    last_day = date(2026, 12, 10)
