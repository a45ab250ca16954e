"""The same records on both sides of the world, each with a word of its own that may show to a few only.

A word is ``qz<side><secret>zq``: plain letters, the same in search keys, file names and workbooks, and never
part of another. `READERS` says for each secret who may meet its word, from the roles of the product's description.
"""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from awards.services.title_registrations import register_title
from campaigns.models import Campaign
from campaigns.services.campaigns import edit_campaign
from campaigns.services.copying import create_from_template
from campaigns.services.documents import add_document
from campaigns.services.indicators import add_indicator
from campaigns.services.launching import launch_campaign
from campaigns.services.participants import set_participants
from campaigns.services.pledge_steps import send_pledge
from campaigns.services.pledges import Entry, save_lines, save_note
from core import clock, jobs
from tests.core.bad_files import pdf
from tests.matrix.objects import unit_titles
from tests.units.world import World
from units.models import Membership, Person
from units.services.households import create_household
from units.services.subjects import create_group, subject_for

COMMITTEE = ["standing_officer", "approver", "observer"]  # runs the campaign of commune `a`, or reads it
PROVINCE = ["province_standing_officer", "province_observer"]  # read what the communes below have sent
COMMUNE = ["commune_officer", "commune_head"]  # of commune `a` as a unit: its own work and its sub-units'
HAMLET = ["unit_officer", "unit_head", "deputy"]
OFFICE = ["office_officer", "office_head"]
SEATED = ["reviewer", "council_member", "council_secretary"]  # for what is given to them
FOLLOWING = ["indicator_office"]  # its indicators, of all units
ABOVE_HAMLET = [*COMMITTEE, *COMMUNE, *PROVINCE]

READERS: dict[str, list[str]] = {
    # a draft never leaves its committee
    "draft": COMMITTEE,
    # a launched campaign: the committee, those who take part, the office of an indicator, whoever reads them
    "campaign": [*ABOVE_HAMLET, *HAMLET, *OFFICE, *FOLLOWING],
    "indicator": [*ABOVE_HAMLET, *HAMLET, *OFFICE, *FOLLOWING],
    "document": [*ABOVE_HAMLET, *HAMLET, *OFFICE, *FOLLOWING],
    # what the hamlet has not sent: the hamlet and the unit of which it is a part
    "unsent": [*HAMLET, *COMMUNE],
    # what the office has sent; the following office reads the lines of its indicator, not the whole pledge
    "sentline": [*ABOVE_HAMLET, *OFFICE, *FOLLOWING],
    "sentnote": [*ABOVE_HAMLET, *OFFICE],
    "initiative": [*ABOVE_HAMLET, *HAMLET],
    "person": [*ABOVE_HAMLET, *HAMLET],
    "officeperson": [*ABOVE_HAMLET, *OFFICE],
    "household": [*ABOVE_HAMLET, *HAMLET],
    # kept by the commune, below which nobody needs it
    "group": ABOVE_HAMLET,
    "job": ["standing_officer"],
    "draftfigure": [*HAMLET, *COMMUNE],
    "figure": [*ABOVE_HAMLET, *OFFICE, *FOLLOWING],
    "evidence": [*ABOVE_HAMLET, *OFFICE, *FOLLOWING],
    # a round is announced to everybody who holds a role in the commune or below it; letters sent to it name it
    "round": [*PROVINCE, *COMMITTEE, *SEATED, *COMMUNE, *HAMLET, *OFFICE, *FOLLOWING, "block_lead"],
    "draftline": [*HAMLET, *COMMUNE],
    # a line that was sent; of those seated with the committee only the reviewer to whom it was given
    "line": [*ABOVE_HAMLET, *OFFICE, "reviewer"],
    "drafted": COMMITTEE,
    "decided": [*ABOVE_HAMLET, *HAMLET],
    "awarded": [*ABOVE_HAMLET, *HAMLET],
    # the other commune of the same province
    "bcampaign": ["b_standing_officer", "b_head", "moved", *PROVINCE],
    "bperson": ["b_standing_officer", "b_head", *PROVINCE],
}


def word(side: str, secret: str) -> str:
    return f"qz{side}{secret}zq"


def secrets_of(user: str) -> set[str]:
    """The words that a user of the world may meet."""
    side, _dot, name = user.rpartition(".")
    return {word(side or "north", secret) for secret, readers in READERS.items() if name in readers}


class Planter:
    """Plants one side; `records` holds what addresses name, by the kind of the table of rights."""

    def __init__(self, world: World, side: str) -> None:
        self.world, self.side = world, side
        self.records: dict[str, list[Any]] = {}

    def unit(self, key: str) -> Any:
        return self.world.unit(f"{self.side}.{key}")

    def user(self, name: str) -> Any:
        return self.world.user(f"{self.side}.{name}")

    def word(self, secret: str) -> str:
        return word(self.side, secret)

    def plant(self) -> dict[str, list[Any]]:
        self.people()
        draft = self.campaign("a", "standing_officer", "draft", ["hamlet", "office"])
        launched = self.launched("a", "standing_officer", "campaign", ["hamlet", "office"])
        other = self.launched("b", "b_standing_officer", "bcampaign", ["hamlet", "office"])
        self.papers(launched)
        self.records |= {
            "draft_campaign": [draft], "launched_campaign": [launched, other],
            "draft_step": [{"pk": draft.pk, "step": step} for step in ("general", "plan", "units", "time", "check")],
            "draft_area": [draft.focus_areas.first()], "draft_indicator": [draft.indicators.get()],
            "followed_indicator": [launched.indicators.get(), other.indicators.get()],
            "participation": list(launched.participations.order_by("pk")),
        }  # fmt: skip
        return self.records

    def people(self) -> None:
        hamlet = self.unit("a.hamlet")
        persons = {"person": "a.hamlet", "officeperson": "a.office", "bperson": "b.hamlet"}
        for secret, key in persons.items():
            person = self.world.persons[f"{self.side}.{key}"]
            person.name = f"Lý Thị {self.word(secret)}"
            person.save()
        person = Person.objects.get(pk=self.world.persons[f"{self.side}.a.hamlet"].pk)
        household = create_household(unit=hamlet, name=f"Hộ {self.word('household')}", actor=None)
        group = create_group(
            organiser=self.unit("a"), name=f"Nhóm {self.word('group')}", group_kind="people", actor=None
        )
        self.records |= {
            "unit": [hamlet], "person": [person], "household": [household], "group": [group],
            "appointment": [{"pk": person.pk, "appointment": person.appointments.get().pk}],
            "membership": [Membership.objects.get(user=self.user("unit_head"))],
            "account": [self.user("unit_officer")],
        }  # fmt: skip

    def campaign(self, commune: str, officer: str, secret: str, below: list[str]) -> Campaign:
        actor = self.user(officer)
        campaign = create_from_template(
            organiser=self.unit(commune), template="six_focus_areas", title=f"Phong trào {self.word(secret)}",
            actor=actor,
        )  # fmt: skip
        today = clock.today()
        campaign = edit_campaign(
            campaign_id=campaign.pk, version=campaign.version, actor=actor, goal="Mục tiêu", participants="Các ấp",
            criteria="Tiêu chí", starts_on=date(today.year, 1, 1), ends_on=date(today.year, 12, 31),
            pledge_due_on=today + timedelta(days=9),
        )  # fmt: skip
        name = f"Chỉ tiêu {self.word('indicator')}" if secret == "campaign" else "Thu ngân sách"
        area = campaign.focus_areas.all()[0]
        add_indicator(focus_area_id=area.pk, name=name, actor=actor, office=self.unit(f"{commune}.office"))
        units = [self.unit(f"{commune}.{key}").pk for key in below]
        set_participants(campaign_id=campaign.pk, unit_ids=units, actor=actor)
        campaign.refresh_from_db()
        return campaign

    def launched(self, commune: str, officer: str, secret: str, below: list[str]) -> Campaign:
        campaign = self.campaign(commune, officer, secret, below)
        return launch_campaign(campaign_id=campaign.pk, version=campaign.version, actor=self.user(officer))

    def papers(self, campaign: Campaign) -> None:
        """What the units write: an unsent pledge, a sent one, a registration; a document, a job."""
        indicator = campaign.indicators.get()
        upload = SimpleUploadedFile(f"{self.word('document')}.pdf", pdf(), content_type="application/pdf")
        officer = self.user("standing_officer")
        document = add_document(campaign_id=campaign.pk, upload=upload, label="Kế hoạch", kind="plan", actor=officer)
        places = {row.unit_id: row for row in campaign.participations.all()}
        for key, writer, secret in (("a.hamlet", "unit_officer", "unsent"), ("a.office", "office_officer", "sentline")):
            place = places[self.unit(key).pk]
            entry = Entry(note=f"Ghi chú {self.word(secret)}")
            outcome = save_lines(participation_id=place.pk, entries={indicator.pk: entry}, actor=self.user(writer))
        pledge = save_note(
            participation_id=place.pk, note=f"Lời {self.word('sentnote')}", actor=self.user("office_officer")
        )
        send_pledge(participation_id=place.pk, version=pledge.version, actor=self.user("office_head"))
        hamlet = self.unit("a.hamlet")
        registration = register_title(
            unit=hamlet, year=clock.today().year, subject=subject_for(unit=hamlet), award_type=unit_titles()[0],
            initiative=f"Sáng kiến {self.word('initiative')}", actor=self.user("unit_officer"),
        )  # fmt: skip
        job = jobs.enqueue(
            "report.pledge-register", owner=officer, params={}, labels={"scope": f"Phạm vi {self.word('job')}"}
        )
        self.records |= {
            "campaign_document": [document], "file": [{"uuid": document.file.uuid}], "registration": [registration],
            "job": [{"uuid": job.uuid}], "finished_job": [{"uuid": job.uuid}],
            "sent_pledge": [SimpleNamespace(pk=place.pk)], "notice": [],
        }  # fmt: skip
        assert outcome.saved == 1
