"""Rounds, letters and lines of the hamlet, for the addresses that name them."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from awards.models import Nomination, OpenField, ReviewRound, Submission, TitleRegistration
from awards.services.nominations import LineValues, add_line, awards_for, starting_words
from awards.services.rounds import RoundValues, open_round
from awards.services.submission_steps import confirm_submission, send_submission
from awards.services.submissions import Letter, add_file, create_submission
from catalogue.enums import Route
from core import clock
from tests.core.bad_files import pdf
from tests.matrix.objects import VALUES, makes, officer, registration
from tests.units.world import World
from units.services.subjects import subject_for


def subject(world: World) -> Any:
    return subject_for(unit=world.unit("north.a.hamlet"))


def award(world: World) -> Any:
    return awards_for(subject(world), clock.today())[0]


VALUES["unit_award"] = lambda world: award(world).pk
VALUES["hamlet_registration"] = lambda world: (TitleRegistration.objects.first() or registration(world)).pk


@makes("round")
def round_of_review(world: World) -> ReviewRound:
    values = RoundValues(year=clock.today().year, title="Xét khen năm nay", route=Route.NO_MEETING)
    return open_round(organiser=world.unit("north.a"), values=values, actor=officer(world))


@makes("draft_submission")
def draft_submission(world: World) -> Submission:
    return create_submission(
        round_id=round_of_review(world).pk, unit=world.unit("north.a.hamlet"), letter=Letter(),
        actor=world.user("north.unit_officer"),
    )  # fmt: skip


@makes("submission_file")
def submission_file(world: World) -> Any:
    upload = SimpleUploadedFile("to-trinh.pdf", pdf(), content_type="application/pdf")
    return add_file(
        submission_id=draft_submission(world).pk, upload=upload, label="Tờ trình", kind="letter",
        actor=world.user("north.unit_officer"),
    )  # fmt: skip


@makes("draft_line")
def draft_line(world: World) -> Nomination:
    who = subject(world)
    values = LineValues(award_version=award(world), **starting_words(who, clock.today()))
    actor = world.user("north.unit_officer")
    return add_line(submission_id=draft_submission(world).pk, subject=who, values=values, actor=actor)


@makes("filled_submission")
def filled_submission(world: World) -> Submission:
    return draft_line(world).submission


@makes("confirmed_submission")
def confirmed_submission(world: World) -> Submission:
    row = filled_submission(world)
    return confirm_submission(submission_id=row.pk, version=row.version, actor=world.user("north.unit_head"))


@makes("sent_submission")
def sent_submission(world: World) -> Submission:
    row = confirmed_submission(world)
    return send_submission(submission_id=row.pk, version=row.version, actor=world.user("north.unit_head"))


@makes("sent_line")
def sent_line(world: World) -> Nomination:
    return sent_submission(world).nominations.get()


@makes("asked_line")
def asked_line(world: World) -> Nomination:
    """Given back for its achievements."""
    line = sent_line(world)
    Nomination.objects.filter(pk=line.pk).update(state="more_asked")
    OpenField.objects.create(nomination=line, name="merit")
    return line
