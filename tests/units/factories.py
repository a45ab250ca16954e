"""Rows of the units' room. A unit is made by its service, so that its dated rows and its reach are there."""

from datetime import date
from typing import Any

import factory

from tests.factories import HouseFactory, UserFactory
from units.enums import Role, SubjectClass, UnitKind, UnitLevel
from units.models import Appointment, Delegation, Household, Membership, Person, Subject, Unit
from units.services.subjects import create_group, subject_for
from units.services.units import create_unit

START = date(2020, 1, 1)


class UnitFactory(HouseFactory):
    class Meta:
        model = Unit

    kind = UnitKind.COMMUNE
    level = UnitLevel.COMMUNE
    name = factory.Sequence(lambda n: f"Xã Số {n}")
    opened_on = START
    parent: Any = None

    @classmethod
    def _create(cls, model_class: type[Unit], *args: Any, **kwargs: Any) -> Unit:
        return create_unit(actor=None, **kwargs)


class PersonFactory(HouseFactory):
    class Meta:
        model = Person

    organiser = factory.SubFactory(UnitFactory)
    name = factory.Sequence(lambda n: f"Nguyễn Văn Số {n}")
    birth_year = 1980


class AppointmentFactory(HouseFactory):
    class Meta:
        model = Appointment

    person = factory.SubFactory(PersonFactory)
    unit = factory.SelfAttribute("person.organiser")
    post = "Chuyên viên"
    subject_class = SubjectClass.DIRECT
    valid_from = START


class HouseholdFactory(HouseFactory):
    class Meta:
        model = Household

    unit = factory.SubFactory(UnitFactory)
    name = factory.Sequence(lambda n: f"Hộ ông Trần Văn Số {n}")


class SubjectFactory(HouseFactory):
    """The subject of a person; give `unit`, `person` or `household` for another."""

    class Meta:
        model = Subject

    @classmethod
    def _create(cls, model_class: type[Subject], *args: Any, **kwargs: Any) -> Subject:
        return subject_for(**(kwargs or {"person": PersonFactory()}))


class GroupFactory(HouseFactory):
    class Meta:
        model = Subject

    organiser = factory.SubFactory(UnitFactory)
    name = factory.Sequence(lambda n: f"Nhân dân và cán bộ xã Số {n}")
    group_kind = "people"

    @classmethod
    def _create(cls, model_class: type[Subject], *args: Any, **kwargs: Any) -> Subject:
        return create_group(actor=None, **kwargs)


class MembershipFactory(HouseFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.UNIT_OFFICER
    unit = factory.SubFactory(UnitFactory)
    valid_from = START


class DelegationFactory(HouseFactory):
    class Meta:
        model = Delegation

    membership = factory.SubFactory(MembershipFactory, role=Role.UNIT_HEAD)
    to = factory.SubFactory(UserFactory)
    valid_from = START
