"""The tables of this room, one noun a module."""

from awards.models.appraisal import Appraisal, OpenField
from awards.models.attachments import (
    ATTACHMENT_MODELS,
    DecisionAttachment,
    NominationAttachment,
    RegistrationAttachment,
    SubmissionAttachment,
)
from awards.models.commendation import Commendation
from awards.models.decision import Decision
from awards.models.nomination import Nomination
from awards.models.registration import TitleRegistration
from awards.models.round import ReviewRound
from awards.models.submission import Submission

__all__ = [
    "ATTACHMENT_MODELS", "Appraisal", "Commendation", "Decision", "DecisionAttachment", "Nomination",
    "NominationAttachment", "OpenField", "RegistrationAttachment", "ReviewRound", "Submission",
    "SubmissionAttachment", "TitleRegistration",
]  # fmt: skip
