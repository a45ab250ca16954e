"""Words of the catalogue. Numbers of the law are never here: they live in dated rows with their source."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mark(models.TextChoices):
    """How far an entry was compared with the rule it states."""

    CHECKED = "checked", _("Checked against the source")
    PARTLY = "partly", _("Partly checked")
    UNCHECKED = "unchecked", _("Not checked")

    @property
    def sign(self) -> str:
        """The short sign beside the words."""
        return {"checked": "✔", "partly": "◐", "unchecked": "✖"}[self.value]

    @property
    def binds(self) -> bool:
        """Whether a rule with this mark may refuse anything. An unchecked one only warns."""
        return self != Mark.UNCHECKED


class Nature(models.TextChoices):
    """The two lists the Law keeps apart: other dossiers, other minutes, other bonus rules."""

    TITLE = "title", _("Emulation title")
    FORM = "form", _("Form of commendation")


class AwardLevel(models.TextChoices):
    """How high an award stands, for statistics and for the order of lists."""

    STATE = "state", _("State level")
    PROVINCE = "province", _("Ministry or province level")
    BASE = "base", _("Base level")


class AuthorityLevel(models.TextChoices):
    """Who decides. A unit answers for one of these by its kind and level."""

    PRESIDENT = "president", _("State President")
    PRIME_MINISTER = "prime_minister", _("Prime Minister")
    PROVINCE = "province", _("Province-level committee chair")
    DISTRICT = "district", _("District-level committee chair")
    COMMUNE = "commune", _("Commune-level committee chair")
    AGENCY = "agency", _("Head of the agency or unit")
    ENTERPRISE = "enterprise", _("Head of the enterprise or cooperative")


class Route(models.TextChoices):
    """The way a nomination goes to its decision."""

    FULL = "full", _("With a council meeting")
    NO_MEETING = "no_meeting", _("Without a council meeting")
    SIMPLIFIED = "simplified", _("Simplified procedure")


class CommendationKind(models.TextChoices):
    """Loại hình khen thưởng (Law, Article 8)."""

    MERIT = "merit", _("For merit")
    SUDDEN = "sudden", _("For a sudden achievement")
    MOVEMENT = "movement", _("In an emulation movement")
    CONTRIBUTION = "contribution", _("For a process of contribution")
    SENIORITY = "seniority", _("For seniority")
    EXTERNAL = "external", _("External relations")


class SimplifiedCase(models.TextChoices):
    """The five cases in which the simplified procedure is open (Law, Article 85)."""

    POLITICAL_TASK = "political_task", _("Serving a political task, to encourage promptly")
    SUDDEN = "sudden", _("Sudden excellent achievement, brave rescue or international prize")
    FOUND_BY_HEAD = "found_by_head", _("Found by the head of the body")
    CONTRIBUTION = "contribution", _("Contribution, seniority or external relations")
    STATE_SECRET = "state_secret", _("Content is a state secret")


class Weight(models.TextChoices):
    """What happens when a rule of an award is not met."""

    HARD = "hard", _("Stops the step")
    WARN = "warn", _("Warns, may be passed with a reason")
    LOCAL = "local", _("Set by the locality")


class MajorityBase(models.TextChoices):
    """What a share of votes is counted on."""

    ALL = "all", _("All members of the council")
    PRESENT = "present", _("Members present")


class Vocabulary(models.TextChoices):
    """Dated lists of words that nominations and statistics use."""

    COMMENDATION_KIND = "commendation_kind", _("Types of commendation")
    SUBJECT_CLASS = "subject_class", _("Classes of recipients")
    FIELD = "field", _("Fields of activity")
    SIMPLIFIED_CASE = "simplified_case", _("Cases of the simplified procedure")
    FORM_OF_EMULATION = "form_of_emulation", _("Forms of emulation")
    SCOPE_OF_EMULATION = "scope_of_emulation", _("Scopes of emulation")
