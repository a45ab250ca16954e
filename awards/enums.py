"""The closed lists of this room. State names are those of the mission's table."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RegistrationState(models.TextChoices):
    REGISTERED = "registered", _("Registered")
    CHANGED = "changed", _("Changed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class RoundState(models.TextChoices):
    OPEN = "open", pgettext_lazy("round", "Open")
    CLOSED = "closed", pgettext_lazy("round", "Closed")


class SubmissionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    CONFIRMED = "confirmed", _("Confirmed by the head")
    SENT = "sent", pgettext_lazy("submission", "Sent")
    TAKEN_IN = "taken_in", _("Taken in")


class NominationState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", pgettext_lazy("submission", "Sent")
    APPRAISING = "appraising", _("Under appraisal")
    MORE_ASKED = "more_asked", _("More asked")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")
    ELIGIBLE = "eligible", _("Eligible")
    ON_AGENDA = "on_agenda", _("On the agenda")
    COUNCIL_AGREES = "council_agrees", _("Council agrees")
    COUNCIL_DISAGREES = "council_disagrees", _("Council does not agree")
    AT_SIGNATURE = "at_signature", _("At signature")
    SENT_BACK = "sent_back", _("Sent back")
    STRUCK = "struck", _("Struck by the chair")
    DECIDED = "decided", _("Decided")
    SENT_UP = "sent_up", _("Sent up")
    RESULT_FROM_ABOVE = "result_from_above", _("Result from above")
    WITHDRAWN = "withdrawn", _("Withdrawn")


INSIDE_STATES = (SubmissionState.DRAFT.value, SubmissionState.CONFIRMED.value)
"""A submission not yet sent, seen only inside its unit."""

DEAD_STATES = (
    NominationState.NOT_ELIGIBLE.value,
    NominationState.COUNCIL_DISAGREES.value,
    NominationState.STRUCK.value,
    NominationState.WITHDRAWN.value,
)
"""Lines that stand in nobody's way: the same recipient may be proposed for the same award again."""


class Outcome(models.TextChoices):
    """What became of a nomination, graded."""

    HERE = "here", _("Awarded here")
    LOWER = "lower", _("A lower award")
    SENT_UP = "sent_up", _("Sent up")
    NOT_REACHED = "not_reached", _("Not reached")


class Opinion(models.TextChoices):
    """A reviewer's finding. Blank: not given yet."""

    MORE_ASKED = "more_asked", _("More asked")
    ELIGIBLE = "eligible", _("Eligible")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")


class Ground(models.TextChoices):
    """On what a nomination rests, where the award's article offers a choice."""

    EXCELLENT = "excellent", _("Excellent completion of tasks")
    INITIATIVE = "initiative", _("Recognised initiative")
    RESEARCH = "research", _("Accepted research, project or scientific work")
    FORCES = "forces", _("Resourcefulness and courage in the forces")
    ACHIEVEMENT = "achievement", _("Achievement described")


class SubmissionDirection(models.TextChoices):
    IN = "in", _("To the committee")
    UP = "up", _("To the level above")


class MeetingState(models.TextChoices):
    PREPARED = "prepared", _("Prepared")
    OPEN = "open", pgettext_lazy("meeting", "Open")
    SEALED = "sealed", _("Sealed")
    MINUTES_SIGNED = "minutes_signed", _("Minutes signed")


class DecisionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    AT_SIGNATURE = "at_signature", _("At signature")
    SIGNED = "signed", _("Signed")
    ENTERED = "entered", _("Number and date entered")
    PUBLISHED = "published", _("Published")
    CORRECTED = "corrected", _("Corrected")
    REVOKED = "revoked", _("Revoked")


class CommendationState(models.TextChoices):
    IN_FORCE = "in_force", pgettext_lazy("commendation", "In force")
    REVOKED = "revoked", pgettext_lazy("commendation", "Revoked")


class CommendationSource(models.TextChoices):
    HERE = "here", _("Decided here")
    ABOVE = "above", _("Decided above")
    IMPORTED = "imported", _("Imported")


class FileKind(models.TextChoices):
    """What an attached file is."""

    LETTER = "letter", _("Letter of submission")
    MINUTES = "minutes", _("Minutes")
    ACHIEVEMENTS = "achievements", _("Achievement report")
    CERTIFICATE = "certificate", _("Certificate of initiative")
    DECISION = "decision", _("Signed decision")
    PAPER = "paper", _("Scan of the paper entered on behalf")
    OTHER = "other", pgettext_lazy("file", "Other file")
