"""One line of a submission: a recipient proposed for an award."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import DEAD_STATES, Ground, NominationState, Outcome
from awards.models.registration import TitleRegistration
from awards.models.round import ReviewRound
from awards.models.scope import sent_or_own
from awards.models.submission import Submission
from campaigns.models.base import Versioned
from catalogue.enums import CommendationKind, Route, SimplifiedCase
from catalogue.models import AwardVersion
from core.text.fields import SearchKeyField, SortKeyField
from core.text.models import KeyedModel
from core.text.querysets import KeyedQuerySet
from units.enums import SubjectClass


def stands_in(drafted: str, text: str) -> bool:
    """Whether a paragraph of `drafted` stands in `text` word for word."""
    return not {line for line in drafted.splitlines() if line.strip()}.isdisjoint(text.splitlines())


class NominationQuerySet(KeyedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Inside the unit always; to the committee and in reach once sent; to its reviewers by name."""
        from awards.models.appraisal import Appraisal  # noqa: PLC0415 -- appraisals hang on this table

        draft = Q(state=NominationState.DRAFT)
        asked = Appraisal.objects.open_for(user).values("nomination")
        return self.filter(
            sent_or_own(
                user, unit="nominating_unit", organiser="round__organiser", inside=draft,
                on_behalf="submission__on_behalf",
            )
            | (Q(pk__in=asked) & ~draft)
        )  # fmt: skip

    def live(self) -> Self:
        """Lines that are not refused, struck or withdrawn."""
        return self.exclude(state__in=DEAD_STATES)


class Nomination(KeyedModel, Versioned):
    """What is typed here is printed; the links beside it say who and what was meant.

    `award_type` is the version's, `round` the submission's: copied so that the database can keep one
    live line for a recipient and award in a round; the service sees that they agree.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="nominations", verbose_name=_("submission"))
    round = models.ForeignKey(ReviewRound, models.PROTECT, related_name="nominations", verbose_name=_("review round"))
    position = models.PositiveSmallIntegerField(_("position in the list"), default=0)
    subject = models.ForeignKey(
        "units.Subject", models.PROTECT, related_name="nominations", verbose_name=_("recipient")
    )
    nominating_unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="nominations", verbose_name=_("nominating unit")
    )
    award_version = models.ForeignKey(
        "catalogue.AwardVersion", models.PROTECT, related_name="nominations", verbose_name=_("award")
    )
    award_type = models.ForeignKey(
        "catalogue.AwardType", models.PROTECT, related_name="nominations", verbose_name=_("kind of award")
    )
    honorific = models.CharField(_("form of address"), max_length=60, blank=True)
    printed_name = models.CharField(_("name as printed"), max_length=300)
    post_then = models.CharField(_("post"), max_length=300, blank=True)
    unit_then = models.CharField(_("unit as printed"), max_length=300, blank=True)
    merit = models.TextField(_("achievements in short"), blank=True)
    merit_drafted = models.TextField(_("achievements as made from the records"), blank=True)
    merit_drafted_at = models.DateTimeField(_("made from the records at"), null=True, blank=True)
    merit_source = models.ForeignKey(
        "campaigns.ProgressReport", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("report whose figures were used"),
    )  # fmt: skip
    initiative = models.CharField(_("initiative"), max_length=500, blank=True)
    ground = models.CharField(_("ground"), max_length=12, choices=Ground, blank=True)
    kind = models.CharField(_("type of commendation"), max_length=12, choices=CommendationKind)
    achievement_year = models.PositiveSmallIntegerField(_("year of achievement"))
    subject_class = models.CharField(_("class of recipient"), max_length=20, choices=SubjectClass, blank=True)
    field = models.ForeignKey(
        "catalogue.Term", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("field of activity")
    )
    route = models.CharField(_("route"), max_length=12, choices=Route)
    simplified_case = models.CharField(
        _("case of the simplified procedure"), max_length=15, choices=SimplifiedCase, blank=True
    )
    registration = models.ForeignKey(
        TitleRegistration, models.PROTECT, null=True, blank=True, related_name="nominations",
        verbose_name=_("title registration"),
    )  # fmt: skip
    earlier = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later", verbose_name=_("sent up from")
    )
    decision = models.ForeignKey(
        "awards.Decision", models.PROTECT, null=True, blank=True, related_name="nominations",
        verbose_name=_("decision"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=20, choices=NominationState, default=NominationState.DRAFT)
    state_reason = models.TextField(_("reason"), blank=True)
    state_at = models.DateTimeField(_("since"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    lower_version = models.ForeignKey(
        "catalogue.AwardVersion", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("lower award instead"),
    )  # fmt: skip
    search = SearchKeyField(source=("printed_name", "unit_then"))
    sort_key = SortKeyField(source="printed_name", person=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "subject", "award_type"],
                condition=~Q(state__in=DEAD_STATES),
                name="nomination_live_once",
            ),
            models.CheckConstraint(
                condition=Q(route=Route.SIMPLIFIED) & ~Q(simplified_case="")
                | ~Q(route=Route.SIMPLIFIED) & Q(simplified_case=""),
                name="nomination_simplified_case",
            ),
            models.CheckConstraint(
                condition=Q(merit_drafted="", merit_drafted_at__isnull=True, merit_source__isnull=True)
                | ~Q(merit_drafted="") & Q(merit_drafted_at__isnull=False),
                name="nomination_drafted_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=NominationState.DECIDED) | Q(decision__isnull=False),
                name="nomination_decided_has_decision",
            ),
        ]
        indexes = [
            models.Index(fields=["round", "state"], name="nomination_round"),
            models.Index(fields=["nominating_unit", "state"], name="nomination_unit"),
            models.Index(fields=["sort_key"], name="nomination_sort"),
        ]

    def __str__(self) -> str:
        return f"{self.honorific} {self.printed_name}".strip()

    @property
    def unit_id(self) -> int:
        return self.nominating_unit_id

    @property
    def organiser_id(self) -> int:
        return self.round.organiser_id

    @property
    def given_version(self) -> AwardVersion:
        """What is given: the award proposed, or the lower one put in its place."""
        return self.lower_version or self.award_version

    @property
    def is_merit_as_drafted(self) -> bool:
        """The achievements stand word for word as they were made from the records."""
        return bool(self.merit_drafted) and self.merit == self.merit_drafted

    @property
    def is_merit_drafted(self) -> bool:
        """At least one paragraph still stands as it was made from the records."""
        return stands_in(self.merit_drafted, self.merit)

    @property
    def on_behalf(self) -> bool:
        """A line came on paper when its letter did."""
        return self.submission.on_behalf

    def is_assigned_to(self, user: User) -> bool:
        """Whether the user has an open task of appraisal on it."""
        return any(row.reviewer_id == user.pk and row.ended_at is None for row in self.appraisals.all())
