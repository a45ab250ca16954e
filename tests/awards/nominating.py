"""A round of the small committee with its letters and lines, through the services, for tests."""

from datetime import date
from typing import Any

from awards.models import Nomination, ReviewRound, Submission
from awards.services.nominations import LineValues, add_line, awards_for, starting_words
from awards.services.rounds import RoundValues, open_round
from awards.services.submission_steps import confirm_submission, send_submission, take_in_submission
from awards.services.submissions import Letter, create_submission
from catalogue.enums import Route
from tests.campaigns.world import Committee
from units.models import Subject

DAY = date(2024, 11, 10)


def opened(committee: Committee, **more: Any) -> ReviewRound:
    values = {"year": 2024, "title": "Xét khen thưởng năm 2024", "route": Route.NO_MEETING, **more}
    return open_round(organiser=committee.district, values=RoundValues(**values), actor=committee.officer)


def begun(committee: Committee, round_: ReviewRound, number: int = 0, **letter: Any) -> Submission:
    return create_submission(
        round_id=round_.pk, unit=committee.communes[number], letter=Letter(**letter),
        actor=committee.unit_officers[number],
    )  # fmt: skip


def award_of(subject: Subject, place: int = 0, day: date = DAY) -> Any:
    return awards_for(subject, day)[place]


def values(subject: Subject, place: int = 0, **more: Any) -> LineValues:
    return LineValues(**{"award_version": award_of(subject, place), **starting_words(subject, DAY), **more})


def line(letter: Submission, subject: Subject, actor: Any, place: int = 0, **more: Any) -> Nomination:
    return add_line(submission_id=letter.pk, subject=subject, values=values(subject, place, **more), actor=actor)


def sent(letter: Submission, head: Any) -> Submission:
    letter.refresh_from_db()
    letter = confirm_submission(submission_id=letter.pk, version=letter.version, actor=head)
    return send_submission(submission_id=letter.pk, version=letter.version, actor=head)


def taken_in(letter: Submission, head: Any, officer: Any) -> Submission:
    letter = sent(letter, head)
    return take_in_submission(submission_id=letter.pk, version=letter.version, actor=officer)
