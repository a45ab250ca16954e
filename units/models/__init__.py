"""The tables of this room, one noun a module."""

from units.models.appointment import Appointment
from units.models.block import Block, BlockMember
from units.models.dated import Dated, DatedQuerySet, in_force
from units.models.household import Household
from units.models.membership import Delegation, Membership
from units.models.person import Person
from units.models.reach import UnitReach
from units.models.subject import Subject
from units.models.succession import Succession
from units.models.unit import Unit
from units.models.unit_name import UnitName
from units.models.unit_parent import UnitParent

__all__ = [
    "Appointment", "Block", "BlockMember", "Dated", "DatedQuerySet", "Delegation", "Household", "Membership",
    "Person", "Subject", "Succession", "Unit", "UnitName", "UnitParent", "UnitReach", "in_force",
]  # fmt: skip
