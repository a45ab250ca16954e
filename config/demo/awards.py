"""Commendations of the demo: round, letter, lines, the reviewer's findings, what waits for the chair, the ledger."""

import tomllib
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from accounts.models import User
from awards.enums import NominationState
from awards.models import Decision, Nomination, ReviewRound, Submission
from awards.services.appraisals import appraise, assign_reviewers
from awards.services.decisions import Signed, enter_decision, publish_decision
from awards.services.nominations import LineValues, add_line, awards_for, starting_words
from awards.services.rounds import RoundValues, end_of, open_round
from awards.services.signature import create_decision, sign_decision, submit_decision
from awards.services.submission_steps import confirm_submission, send_submission, take_in_submission
from awards.services.submissions import Letter, create_submission
from catalogue.enums import CommendationKind, Route
from config.demo.people import DATA
from config.demo.titles import subject_of
from core import clock
from units.models import Unit

AWARD = "giay-khen-huyen"


def make_awards(units: Mapping[str, Unit], records: Mapping[str, Any], people: Mapping[str, User]) -> None:
    """One commendation gone through to the ledger; one at signature, with lines that wait for the reviewer."""
    data = tomllib.loads((DATA / "awards.toml").read_text(encoding="utf-8"))
    for given in data["commendation"]:
        decision = commend(given, units, records, people)
        if "decision" in given:
            decide(decision, given["decision"], people)


def commend(
    data: Mapping[str, Any], units: Mapping[str, Unit], records: Mapping[str, Any], people: Mapping[str, User]
) -> Decision:
    """From the round to a decision at signature."""
    body, given = people["thuongtruc"], data["round"]
    with clock.on_day(given["opened_on"]):
        values = RoundValues(
            year=given["year"], title=given["title"], kind=CommendationKind.MOVEMENT, route=Route.NO_MEETING,
            due_on=given["due_on"],
        )  # fmt: skip
        round_ = open_round(organiser=units["chau-thanh"], values=values, actor=body)
    letter = send_letter(round_, data, units, records, people)
    with clock.on_day(data["letter"]["taken_in_on"]):
        take_in_submission(submission_id=letter.pk, version=letter.version, actor=body)
        lines = list(Nomination.objects.filter(submission=letter).order_by("position", "pk"))
        assign_reviewers(
            nomination_ids=[line.pk for line in lines], reviewer=people["thamdinh"], actor=body,
            due_at=end_of(data["letter"]["appraised_by"]),
        )  # fmt: skip
    find(data, lines, people)
    with clock.on_day(data["letter"]["found_on"]):
        eligible = Nomination.objects.filter(submission=letter, state=NominationState.ELIGIBLE)
        decision = create_decision(
            organiser=units["chau-thanh"], title=given["title"], kind=CommendationKind.MOVEMENT,
            nomination_ids=eligible.values_list("pk", flat=True), actor=body, of_round=round_,
        )  # fmt: skip
        return submit_decision(decision_id=decision.pk, version=decision.version, actor=body)


def decide(decision: Decision, given: Mapping[str, Any], people: Mapping[str, User]) -> None:
    """The chair agrees; number, day, signer and scan are entered, the ledger is written and published."""
    body = people["thuongtruc"]
    with clock.on_day(given["signed_on"]):
        decision = sign_decision(decision_id=decision.pk, version=decision.version, actor=people[given["chair"]])
        signed = Signed(
            number=given["number"], symbol=given["symbol"], signed_on=given["signed_on"], signer=given["signer"],
            post=given["post"], scan=scan(given["number"]),
        )  # fmt: skip
        decision = enter_decision(decision_id=decision.pk, version=decision.version, signed=signed, actor=body)
        publish_decision(decision_id=decision.pk, version=decision.version, actor=body)


def scan(number: str) -> SimpleUploadedFile:
    """A page that stands for the scanned paper; it says that it is an illustration."""
    page = Image.new("L", (827, 1169), 255)
    font = ImageFont.load_default(size=40)
    ImageDraw.Draw(page).text((120, 120), f"QD {number}\n(minh hoa)", fill=0, font=font)
    content = BytesIO()
    page.save(content, "PDF")
    return SimpleUploadedFile(f"quyet-dinh-{number}.pdf", content.getvalue(), "application/pdf")


def send_letter(
    round_: ReviewRound, data: Mapping[str, Any], units: Mapping[str, Unit], records: Mapping[str, Any],
    people: Mapping[str, User],
) -> Submission:  # fmt: skip
    """The unit writes its letter and lines; its head confirms and sends."""
    given = data["letter"]
    unit, officer, head = units[given["unit"]], people[given["officer"]], people[given["head"]]
    with clock.on_day(given["signed_on"]):
        paper = Letter(symbol=given["symbol"], signed_on=given["signed_on"], signer=given["signer"])
        letter = create_submission(round_id=round_.pk, unit=unit, letter=paper, actor=officer)
        for line in data["line"]:
            record = units[line["key"]] if line["kind"] == "unit" else unit
            subject = subject_of(line["kind"], line["key"], record, records)
            award = awards_for(subject, given["signed_on"]).get(type__code=AWARD)
            words = starting_words(subject, given["signed_on"])
            values = LineValues(award_version=award, merit=line["merit"], subject_class=line["class"], **words)
            add_line(submission_id=letter.pk, subject=subject, values=values, actor=officer)
        letter.refresh_from_db()
        letter = confirm_submission(submission_id=letter.pk, version=letter.version, actor=head)
        return send_submission(submission_id=letter.pk, version=letter.version, actor=head)


def find(data: Mapping[str, Any], lines: list[Nomination], people: Mapping[str, User]) -> None:
    """The reviewer's findings, as far as the reviewer has come."""
    with clock.on_day(data["letter"]["found_on"]):
        for given, line in zip(data["line"], lines, strict=True):
            if "finding" in given:
                line.refresh_from_db()
                appraise(
                    nomination_id=line.pk, version=line.version, outcome=given["finding"], actor=people["thamdinh"]
                )
