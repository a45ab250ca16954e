"""The closed lists of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitKind(models.TextChoices):
    PROVINCE = "province", _("Province or city")
    DISTRICT = "district", _("District")
    COMMUNE = "commune", _("Commune, ward or town")
    HAMLET = "hamlet", _("Hamlet or quarter")
    AGENCY = "agency", _("Administrative agency")
    PARTY = "party", _("Party body")
    MASS = "mass", _("Front or mass organisation")
    FORCE = "force", _("Police or military")
    JUSTICE = "justice", _("Court or procuracy")
    SERVICE = "service", _("Public service unit")
    SCHOOL = "school", _("School")
    HEALTH = "health", _("Health station")
    ENTERPRISE = "enterprise", _("Enterprise")
    COOPERATIVE = "cooperative", _("Co-operative")
    OTHER = "other", pgettext_lazy("kind of unit", "Other")


AREA_KINDS = frozenset({UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE})
"""Areas with a People's Committee: their office is named after them."""

PLACE_KINDS = AREA_KINDS | {UnitKind.HAMLET}
"""Areas, whose names begin with a small letter inside a sentence."""


class UnitLevel(models.TextChoices):
    """The level of government a unit belongs to; an agency of a district is of the district's level."""

    CENTRAL = "central", _("Central level")
    PROVINCE = "province", _("Provincial level")
    DISTRICT = "district", _("District level")
    COMMUNE = "commune", _("Commune level")
    BASE = "base", _("Hamlet and base level")


class UnitState(models.TextChoices):
    """Not stored: read from a unit's days, as of the day asked for."""

    COMING = "coming", _("Not yet in operation")
    OPEN = "open", _("In operation")
    CLOSED = "closed", _("Ceased")


class SuccessionKind(models.TextChoices):
    MERGE = "merge", _("Merged into")
    SPLIT = "split", _("Divided into")
    SPLIT_OFF = "split_off", _("Part separated into")
    REPLACE = "replace", _("Reorganised into")


class ReachVia(models.TextChoices):
    LINE = "line", _("In line")
    SUCCESSION = "succession", _("By succession")


class BlockRole(models.TextChoices):
    LEAD = "lead", _("Lead")
    DEPUTY = "deputy", _("Deputy lead")
    MEMBER = "member", pgettext_lazy("of a block", "Member")


class SubjectKind(models.TextChoices):
    UNIT = "unit", _("Collective")
    PERSON = "person", _("Individual")
    HOUSEHOLD = "household", _("Household")
    GROUP = "group", _("Group")


class GroupKind(models.TextChoices):
    PEOPLE = "people", _("People and officials of an area")
    ENTERPRISE = "enterprise", _("Enterprise")
    COUPLE = "couple", _("Couple")
    RELIGIOUS = "religious", _("Religious establishment")
    OTHER = "other", _("Other group")


class SubjectClass(models.TextChoices):
    """Classes of subjects as the statistics of the home affairs sector count them."""

    LEADER_PROVINCE = "leader_province", _("Leader of ministerial or provincial level and above")
    LEADER_DEPARTMENT = "leader_department", _("Leader of department level")
    ENTREPRENEUR = "entrepreneur", _("Entrepreneur")
    LEADER_DIVISION = "leader_division", _("Leader from deputy head of division up")
    LEADER_OTHER = "leader_other", _("Leader of another level")
    DIRECT = "direct", _("Person working directly")
    PARTY_BODY = "party_body", _("Party body or socio-political organisation")
    CENTRAL_BODY = "central_body", _("Central body in the area")
    ADMINISTRATION = "administration", _("Administrative body")
    PUBLIC_SERVICE = "public_service", _("Public service body")
    ENTERPRISE = "enterprise", _("Enterprise")
    COOPERATIVE = "cooperative", _("Co-operative")
    HOUSEHOLD = "household", _("Household")
    OTHER = "other", _("Other subject")


PERSON_CLASSES = (
    SubjectClass.LEADER_PROVINCE,
    SubjectClass.LEADER_DEPARTMENT,
    SubjectClass.ENTREPRENEUR,
    SubjectClass.LEADER_DIVISION,
    SubjectClass.LEADER_OTHER,
    SubjectClass.DIRECT,
    SubjectClass.OTHER,
)
"""The classes a person can be of; the others are for collectives and households."""


class Role(models.TextChoices):
    """What a user may be in a unit. The system administrator is a flag of the account, not a role."""

    STANDING_OFFICER = "standing_officer", _("Officer of the standing body")
    REVIEWER = "reviewer", _("Reviewer")
    INDICATOR_OFFICE = "indicator_office", _("Office following indicators")
    COUNCIL_MEMBER = "council_member", _("Council member")
    COUNCIL_SECRETARY = "council_secretary", _("Council secretary")
    APPROVER = "approver", _("Chair of the committee")
    UNIT_OFFICER = "unit_officer", _("Officer in charge of the unit")
    UNIT_HEAD = "unit_head", _("Head of the unit")
    BLOCK_LEAD = "block_lead", _("Lead of the block")
    OBSERVER = "observer", _("Observer")


UNIT_ROLES = frozenset({Role.UNIT_OFFICER, Role.UNIT_HEAD})
"""They act for their own unit and those below it."""

ORGANISER_ROLES = frozenset({Role.STANDING_OFFICER, Role.APPROVER, Role.OBSERVER})
"""They read whatever their committee organises."""

READING_ROLES = UNIT_ROLES | ORGANISER_ROLES
"""They read what belongs to the units in reach of theirs."""
