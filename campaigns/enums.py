"""The closed lists of this room. State names are those of the mission's table."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CampaignState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    LAUNCHED = "launched", _("Launched")
    CLOSED = "closed", pgettext_lazy("campaign", "Closed")
    ARCHIVED = "archived", _("Archived")
    CANCELLED = "cancelled", _("Cancelled")


class ParticipationState(models.TextChoices):
    INVITED = "invited", _("Invited")
    JOINED = "joined", _("Joined")
    NOT_JOINING = "not_joining", _("Not joining")


class PledgeState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    WITH_HEAD = "with_head", _("With the head")
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    WITH_HEAD = "with_head", _("With the head")
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")
    CLOSED = "closed", pgettext_lazy("figures", "Closed")
    REOPENED = "reopened", _("Reopened")


INSIDE_STATES = (PledgeState.DRAFT.value, PledgeState.WITH_HEAD.value)
"""Not yet sent: seen only inside the unit. The same words in pledges and reports."""


class BoardState(models.TextChoices):
    """Where a unit's pledge or report stands, for those who wait for it. The first four are counted."""

    NOT_SENT = "not_sent", _("Not sent yet")
    WAITING = "waiting", _("Awaiting acceptance")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Accepted")
    NOT_JOINING = "not_joining", _("Not joining")


class Instrument(models.TextChoices):
    """The paper that launches a campaign."""

    PLAN = "plan", _("Plan")
    DIRECTIVE = "directive", _("Directive")
    DECISION = "decision", pgettext_lazy("instrument", "Decision")
    LETTER = "letter", _("Official letter")
    MEETING = "meeting", _("Launched at a meeting")
    OTHER = "other", pgettext_lazy("instrument", "Other paper")


class CampaignForm(models.TextChoices):
    """The two forms of emulation (Law, Article 16, clause 1)."""

    REGULAR = "regular", _("Regular")
    THEMATIC = "thematic", _("Thematic")


class CampaignScope(models.TextChoices):
    """How far a campaign reaches (Law, Article 16, clause 2)."""

    NATIONWIDE = "nationwide", _("Nationwide")
    LOCALITY = "locality", _("Sector or locality")
    BLOCK = "block", _("Cluster or block")
    UNIT = "unit", _("Agency or unit")


class IndicatorKind(models.TextChoices):
    """What the value of an indicator is."""

    NUMBER = "number", _("Number")
    PERCENT = "percent", _("Percent")
    COUNT = "count", _("Count")
    MONEY = "money", _("Money")
    DATE = "date", pgettext_lazy("kind of indicator", "Date of completion")
    YES_NO = "yes_no", _("Yes or no")
    TEXT = "text", _("In words")
    NONE = "none", _("No figure")


class Direction(models.TextChoices):
    """Which way is better."""

    HIGHER = "higher", _("From the target up")
    LOWER = "lower", _("From the target down")
    KEEP = "keep", _("Keep at the target")
    ZERO = "zero", _("No case to happen")


class TargetForm(models.TextChoices):
    VALUE = "value", _("One value")
    RANGE = "range", _("From … to …")
    NONE = "none", _("No target")


class RollUp(models.TextChoices):
    """How the figures of the units make one total."""

    SUM = "sum", _("Sum")
    RATIO = "ratio", _("Sum of the parts over sum of the wholes")
    MEAN = "mean", _("Mean of the units")
    COUNT_MET = "count_met", _("Number of units that met it")
    NONE = "none", _("No total")


class Cumulation(models.TextChoices):
    """What a figure of a period says of the time before it."""

    SUM = "sum", _("Each figure is of its period only")
    LATEST = "latest", _("Each figure is the total so far")


class Verdict(models.TextChoices):
    """Stored with a figure for counting and sorting; worked out in campaigns.arithmetic."""

    NOT_ASSIGNED = "not_assigned", _("Not assigned")
    NOT_REPORTED = "not_reported", _("Not reported")
    NO_VERDICT = "no_verdict", _("No verdict yet")
    ON_TRACK = "on_track", _("On schedule")
    BEHIND = "behind", _("Behind schedule")
    NOT_MET = "not_met", _("Target not met")
    MET = "met", _("Target met")
    EXCEEDED = "exceeded", _("Target exceeded")


class Demand(models.TextChoices):
    """When a unit is asked for an explanation or for evidence."""

    NEVER = "never", _("Not asked")
    WHEN_SHORT = "when_short", _("When the target is not met")
    ALWAYS = "always", _("Always")


class MoneyScale(models.TextChoices):
    """The scale money is entered and shown in; the stored value is in this scale."""

    DONG = "dong", _("đồng")
    THOUSAND = "thousand", _("thousand đồng")
    MILLION = "million", _("million đồng")
    BILLION = "billion", _("billion đồng")


class TargetSource(models.TextChoices):
    ABOVE = "above", _("Assigned from above")
    ORGANISER = "organiser", _("Assigned by the organiser")
    UNIT = "unit", _("Set by the unit itself")


class PeriodKind(models.TextChoices):
    QUARTER = "quarter", _("Quarter")
    HALF_YEAR = "half_year", _("Half-year")
    NINE_MONTHS = "nine_months", _("Nine months")
    YEAR = "year", _("Year")
    SCHOOL_YEAR = "school_year", _("School year")
    PHASE = "phase", _("Phase")
    FREE = "free", _("Free period")


class ExtensionState(models.TextChoices):
    """Where a unit's wish for more time stands."""

    ASKED = "asked", pgettext_lazy("more time", "Asked for")
    GRANTED = "granted", pgettext_lazy("more time", "Granted")
    REFUSED = "refused", pgettext_lazy("more time", "Not granted")
    WITHDRAWN = "withdrawn", pgettext_lazy("more time", "Withdrawn")


class Section(models.TextChoices):
    """The parts of a report in words: one per focus area, then the four closing sections."""

    FOCUS = "focus", _("Results of the focus area")
    SHORTCOMINGS = "shortcomings", _("Shortcomings")
    CAUSES = "causes", _("Causes")
    DIRECTIONS = "directions", _("Directions")
    PROPOSALS = "proposals", _("Proposals")


CLOSING_SECTIONS = (Section.SHORTCOMINGS, Section.CAUSES, Section.DIRECTIONS, Section.PROPOSALS)


class Basis(models.TextChoices):
    """What a figure rests on. The office's own stands beside the unit's and counts before it."""

    ESTIMATE = "estimate", _("Estimate")
    OFFICIAL = "official", _("Official figure")
    OFFICE = "office", _("Figure of the office that follows it")


UNIT_BASES = (Basis.ESTIMATE, Basis.OFFICIAL)
"""What a unit itself may report."""


class FileKind(models.TextChoices):
    """What an attached file is."""

    PLAN = "plan", _("Signed plan")
    ANNEX = "annex", _("Annex")
    GUIDE = "guide", _("Guidance")
    PAPER = "paper", _("Scan of the paper entered on behalf")
    SIGNED = "signed", _("Signed copy")
    EVIDENCE = "evidence", _("Evidence")
    OTHER = "other", pgettext_lazy("file", "Other file")
