"""A small sound world, and for each invariant faults planted past the services; see tests/test_invariants.py."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.test import override_settings

from awards.models import Commendation, Decision, Nomination
from awards.services.decisions import enter_decision, publish_decision
from awards.services.signature import create_decision, sign_decision, submit_decision
from campaigns.enums import CampaignState
from campaigns.models import Campaign, Figure, Participation, Pledge, PledgeLine, ProgressReport
from catalogue.services import load_catalogue
from core import audit, clock, files
from core.audit.models import Unsealed
from core.files.models import StoredFile
from core.jobs.enums import JobState
from core.notices.enums import MailState
from core.notices.models import OutgoingMail
from tests.awards.deciding import DAY, line, signed
from tests.campaigns.pledging import launched, place, sent
from tests.campaigns.reporting import period, sent_report
from tests.campaigns.world import Committee, build_committee
from tests.catalogue.factories import AwardVersionFactory, LegalValueFactory
from tests.core.jobs import JobFactory
from tests.factories import UserFactory
from tests.units.factories import AppointmentFactory, MembershipFactory, PersonFactory
from units.models import Block, BlockMember, Person, UnitName, UnitReach
from units.services.identity import cipher, set_identity

NUMBER = "094080001234"
OTHER_NUMBER = "094080009999"
Plant = Callable[["Sound"], Any]
PLANTS: list[tuple[str, Plant]] = []


@dataclass
class Sound:
    """What stands in the sound world."""

    committee: Committee
    campaign: Campaign
    pledge: Pledge
    report: ProgressReport
    decision: Decision
    person: Person

    @property
    def line(self) -> Nomination:
        return Nomination.objects.get(decision=self.decision)

    @property
    def row(self) -> Commendation:
        return Commendation.objects.get(decision=self.decision)

    @property
    def figure(self) -> Figure:
        return Figure.objects.filter(report=self.report).exclude(verdict="").order_by("pk")[0]


def build() -> Sound:
    """A pledge and a report sent, a decision entered and published, a person with an identity number."""
    load_catalogue()
    committee = build_committee()
    officer, head = committee.unit_officers[0], committee.heads[0]
    with clock.on_day(date(2024, 3, 1)):
        campaign = launched(committee)
        pledge = sent(place(campaign, committee.communes[0]), officer, head)
    with clock.on_day(date(2024, 7, 3)):
        half = period(campaign, committee)
        report = sent_report(place(campaign, committee.communes[0]), half, officer, head)
    with clock.on_day(DAY):
        decision = decide(committee)
    person = set_identity(person_id=PersonFactory(organiser=committee.communes[0]).pk, number=NUMBER, actor=None)
    return Sound(committee, campaign, pledge, report, decision, person)


def decide(committee: Committee) -> Decision:
    """One line from eligible to the ledger; the way to there is written into the trail by hand."""
    proposed = line(committee, state="eligible")
    audit.record("nomination.moved_on", actor=None, subject=proposed, changes={"state": ["draft", "eligible"]})
    audit.record("submission.sent", actor=None, subject=proposed.submission, changes={"state": ["draft", "sent"]})
    officer = committee.officer
    decision = create_decision(
        organiser=committee.district, title="Về việc tặng Giấy khen", kind="merit", nomination_ids=[proposed.pk],
        actor=officer,
    )  # fmt: skip
    decision = submit_decision(decision_id=decision.pk, version=decision.version, actor=officer)
    decision = sign_decision(decision_id=decision.pk, version=decision.version, actor=committee.approver)
    decision = enter_decision(decision_id=decision.pk, version=decision.version, signed=signed(), actor=officer)
    return publish_decision(decision_id=decision.pk, version=decision.version, actor=officer)


def plants(name: str) -> Callable[[Plant], Plant]:
    """The decorated function breaks the invariant `name` and returns the row that must be named."""

    def enter(plant: Plant) -> Plant:
        PLANTS.append((name, plant))
        return plant

    return enter


def write(row: Any, **values: Any) -> Any:
    """Past every service, key and guard."""
    models.QuerySet(type(row)).filter(pk=row.pk).update(**values)
    return row


def kept() -> StoredFile:
    made = lying(default_storage.save("made-here", ContentFile(b"abc")))
    return files.store_path(made, name="a.txt", mime="text/plain", owner=UserFactory())


def lying(key: str) -> Path:
    """Where the store keeps `key`."""
    return Path(default_storage.path(key))


# --- Core ---


@plants("audit.queue")
def entry_in_no_queue(sound: Sound) -> Any:
    waiting = Unsealed.objects.latest("pk")
    entry = waiting.entry
    waiting.delete()
    return entry


@plants("audit.states")
def state_without_entry(sound: Sound) -> Any:
    return write(sound.pledge, state="accepted")


@plants("audit.states")
def entry_without_state(sound: Sound) -> Any:
    audit.record("pledge.accepted", actor=None, subject=sound.pledge, changes={"state": ["sent", "accepted"]})
    return sound.pledge


@plants("audit.states")
def step_left_out(sound: Sound) -> Any:
    write(sound.pledge, state="returned")
    audit.record("pledge.returned", actor=None, subject=sound.pledge, changes={"state": ["accepted", "returned"]})
    return sound.pledge


@plants("audit.subjects")
def sent_record_gone(sound: Sound) -> Any:
    gone = Pledge(pk=987654)
    gone.participation = sound.pledge.participation
    audit.record("pledge.sent", actor=None, subject=gone, changes={"state": ["draft", "sent"]})
    return gone


@plants("text.keys")
def key_of_another_name(sound: Sound) -> Any:
    return write(sound.person, search="khac")


@plants("files.bytes")
def bytes_gone(sound: Sound) -> Any:
    stored = kept()
    default_storage.delete(stored.key)
    return stored


@plants("files.bytes")
def bytes_cut_off(sound: Sound) -> Any:
    stored = kept()
    lying(stored.key).write_bytes(b"a")
    return stored


@plants("files.checksum")
def bytes_of_another(sound: Sound) -> Any:
    stored = kept()
    lying(stored.key).write_bytes(b"xyz")
    return stored


@plants("files.strays")
def bytes_without_row(sound: Sound) -> Any:
    key = default_storage.save("2024/01/02/" + "0" * 32, ContentFile(b"x"))
    os.utime(lying(key), (0, 0))
    return key


@plants("files.attached")
def file_of_nothing(sound: Sound) -> Any:
    return write(kept(), created_at=clock.real_now() - timedelta(days=1))


@plants("files.pending")
def file_never_finished(sound: Sound) -> Any:
    return write(kept(), state="pending", created_at=clock.real_now() - timedelta(days=1))


@plants("files.opens")
def scan_taken_away(sound: Sound) -> Any:
    attachment = sound.decision.attachments.get()
    write(attachment.file, state="gone")
    return attachment


@plants("jobs.lease")
def waiting_with_lease(sound: Sound) -> Any:
    return JobFactory(lease_owner="nobody")


@plants("jobs.lease")
def lease_of_the_dead(sound: Sound) -> Any:
    long_ago = clock.real_now() - timedelta(days=1)
    return JobFactory(state=JobState.RUNNING, lease_owner="dead", lease_until=long_ago)


@plants("jobs.end")
def ended_without_time(sound: Sound) -> Any:
    return JobFactory(state=JobState.CANCELLED)


@plants("jobs.end")
def one_attempt_too_many(sound: Sound) -> Any:
    return JobFactory(attempts=4, max_attempts=3)


@plants("jobs.result")
def file_of_a_failure(sound: Sound) -> Any:
    return JobFactory(state=JobState.FAILED, error_code="unexpected", finished_at=clock.real_now(), result=kept())


@plants("jobs.result")
def offered_but_gone(sound: Sound) -> Any:
    gone = write(kept(), state="gone")
    return JobFactory(state=JobState.SUCCEEDED, percent=100, finished_at=clock.real_now(), result=gone)


@plants("jobs.trail")
def ended_without_entry(sound: Sound) -> Any:
    return JobFactory(state=JobState.CANCELLED, finished_at=clock.real_now())


@plants("notices.mail")
def sent_at_no_time(sound: Sound) -> Any:
    return OutgoingMail.objects.create(to="a@example.vn", code="x", language="vi", state=MailState.SENT)


# --- Units, catalogue ---


@plants("units.dated")
def two_names_at_once(sound: Sound) -> Any:
    return UnitName.objects.create(unit=sound.committee.district, name="Tên thứ hai", valid_from=date(2022, 1, 1))


@plants("units.dated")
def one_post_twice(sound: Sound) -> Any:
    first = AppointmentFactory(person=sound.person)
    AppointmentFactory(person=sound.person, unit=first.unit, valid_from=date(2021, 1, 1), valid_to=date(2021, 2, 1))
    # The long row reaches over a third one, behind a short one that lies between.
    return AppointmentFactory(person=sound.person, unit=first.unit, valid_from=date(2023, 1, 1))


@plants("units.dated")
def one_role_twice(sound: Sound) -> Any:
    first = MembershipFactory(valid_to=date(2022, 1, 2))
    return MembershipFactory(user=first.user, unit=first.unit, valid_from=date(2022, 1, 1))


@plants("units.lead")
def two_leads(sound: Sound) -> Any:
    block = Block.objects.create(organiser=sound.committee.district, year=2024, name="Cụm 1")
    one, other = sound.committee.communes[:2]
    BlockMember.objects.create(
        block=block, unit=one, role="lead", valid_from=date(2024, 1, 1), valid_to=date(2024, 9, 1)
    )
    return BlockMember.objects.create(block=block, unit=other, role="lead", valid_from=date(2024, 8, 1))


@plants("units.reach")
def reach_too_far(sound: Sound) -> Any:
    one, other = sound.committee.communes[:2]
    return UnitReach.objects.create(ancestor=one, unit=other, via="line", valid_from=date(2024, 1, 1))


@plants("units.reach")
def reach_too_short(sound: Sound) -> Any:
    row = UnitReach.objects.get(ancestor=sound.committee.district, unit=sound.committee.communes[0])
    row.delete()
    return f"units.UnitReach + {row.ancestor_id} → {row.unit_id}"


@plants("units.present")
def name_of_yesterday(sound: Sound) -> Any:
    return write(sound.committee.district, name="Tên cũ")


@plants("units.identity")
def number_of_another_key(sound: Sound) -> Any:
    with override_settings(FIELD_KEY="another-key-than-the-one-of-the-tests"):
        return write(sound.person, id_cipher=cipher(NUMBER))


@plants("units.identity")
def code_of_another_number(sound: Sound) -> Any:
    return write(sound.person, id_cipher=cipher(OTHER_NUMBER))


@plants("units.identity")
def number_without_code(sound: Sound) -> Any:
    return write(sound.person, id_hmac=None)


@plants("catalogue.dated")
def two_values_at_once(sound: Sound) -> Any:
    first = LegalValueFactory()
    return LegalValueFactory(code=first.code, valid_from=date(2024, 6, 1))


@plants("catalogue.dated")
def two_wordings_at_once(sound: Sound) -> Any:
    first = AwardVersionFactory(valid_to=date(2025, 1, 1))
    return AwardVersionFactory(type=first.type, valid_from=date(2024, 6, 1))


# --- Campaigns ---


@plants("campaigns.joined")
def target_of_another_indicator(sound: Sound) -> Any:
    mine, other = PledgeLine.objects.filter(target__isnull=False).order_by("pk")[:2]
    return write(mine, target=other.target_id)


@plants("campaigns.participations")
def unit_taken_out(sound: Sound) -> Any:
    Participation.objects.get(campaign=sound.campaign, unit=sound.committee.communes[2]).delete()
    return sound.campaign


@plants("campaigns.participations")
def unit_put_in(sound: Sound) -> Any:
    Participation.objects.create(campaign=sound.campaign, unit=sound.committee.agency, unit_name_then="Phòng")
    return sound.campaign


@plants("campaigns.names")
def name_not_kept(sound: Sound) -> Any:
    assert sound.campaign.state == CampaignState.LAUNCHED
    return write(sound.pledge.participation, unit_name_then="")


@plants("campaigns.verdicts")
def verdict_of_hand(sound: Sound) -> Any:
    return write(sound.figure, verdict="exceeded" if sound.figure.verdict != "exceeded" else "not_met")


@plants("campaigns.below")
def mark_of_hand(sound: Sound) -> Any:
    pledged = PledgeLine.objects.filter(pledge=sound.pledge).order_by("pk")[0]
    return write(pledged, is_below=not pledged.is_below)


@plants("campaigns.changes")
def figure_of_hand(sound: Sound) -> Any:
    return write(sound.figure, explanation="Sửa thẳng trong cơ sở dữ liệu")


@plants("campaigns.returns")
def returned_twice(sound: Sound) -> Any:
    return write(sound.report, return_count=2)


# --- Awards ---


@plants("awards.snapshot")
def printed_otherwise(sound: Sound) -> Any:
    return write(sound.row, printed_decision="1/QĐ-UBND")


@plants("awards.snapshot")
def awarded_on_another_day(sound: Sound) -> Any:
    return write(sound.row, awarded_on=date(2024, 12, 21))


@plants("awards.ledger")
def line_without_row(sound: Sound) -> Any:
    decided = sound.line
    models.QuerySet(Commendation).filter(pk=sound.row.pk)._raw_delete("default")
    return decided


@plants("awards.ledger")
def row_of_an_undecided_line(sound: Sound) -> Any:
    row = sound.row
    write(sound.line, state="struck")
    return row


@plants("awards.published")
def public_too_early(sound: Sound) -> Any:
    write(sound.decision, state="entered")
    return sound.row


@plants("awards.copies")
def year_of_another_day(sound: Sound) -> Any:
    return write(sound.decision, year=2023)


@plants("awards.copies")
def line_of_another_round(sound: Sound) -> Any:
    other = line(sound.committee, "Lâm Ngọc Trân")
    return write(sound.line, round=other.round_id)


def name_of(offender: Any) -> str:
    """What the invariant must say: the row, or the words given."""
    return offender if isinstance(offender, str) else f"{offender._meta.label} {offender.pk}"
