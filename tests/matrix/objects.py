"""One record of each kind on the north side of the world, for the address that names it.

`MAKERS`: name in permissions.toml → function (world) → record, or a dict of the address's arguments.
A value of a payload that begins with ``@`` is looked up in `VALUES`.
"""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from awards.models import TitleRegistration
from awards.services.title_registrations import register_title
from campaigns.models import Campaign, Participation, Pledge
from campaigns.services.campaigns import close_campaign, edit_campaign
from campaigns.services.copying import create_from_template
from campaigns.services.documents import add_document
from campaigns.services.indicators import add_indicator
from campaigns.services.launching import launch_campaign
from campaigns.services.participants import set_participants
from campaigns.services.pledge_steps import send_pledge, submit_to_head
from campaigns.services.pledges import Entry, save_lines
from catalogue.enums import Nature
from catalogue.models import AwardType, AwardVersion, LegalValue
from catalogue.queries import award_versions_on
from core import clock, files, jobs, notices
from core.jobs.enums import JobState
from tests.accounts.factories import give_factor
from tests.core.bad_files import pdf
from tests.units.world import World
from units.models import Appointment, Delegation, Membership
from units.services.subjects import subject_for

MAKERS: dict[str, Callable[[World], Any]] = {}
VALUES: dict[str, Callable[[World], Any]] = {
    "today": lambda world: clock.today().strftime("%d/%m/%Y"),
    "tomorrow": lambda world: (clock.today() + timedelta(days=1)).strftime("%d/%m/%Y"),
    "hamlet": lambda world: world.unit("north.a.hamlet").pk,
    "office": lambda world: world.unit("north.a.office").pk,
    "commune": lambda world: world.unit("north.a").pk,
    "other_commune": lambda world: world.unit("north.b").pk,
    "province": lambda world: world.unit("north.province").pk,
    "nobody": lambda world: world.user("nobody").pk,
    "colleague": lambda world: world.user("north.unit_officer").pk,
    "office_head": lambda world: world.user("north.office_head").pk,
    "other_person": lambda world: world.persons["north.a.office"].pk,
    "person": lambda world: world.persons["north.a.hamlet"].pk,
    "pdf": lambda world: SimpleUploadedFile("ke-hoach.pdf", pdf(), content_type="application/pdf"),
    "year": lambda world: clock.today().year,
    "hamlet_ref": lambda world: f"unit:{world.unit('north.a.hamlet').pk}",
    "unit_title": lambda world: unit_titles()[0].pk,
    "second_unit_title": lambda world: unit_titles()[1].pk,
    "launched_campaign": lambda world: launched(world).pk,
}


def makes(name: str) -> Callable[[Callable[[World], Any]], Callable[[World], Any]]:
    def enter(maker: Callable[[World], Any]) -> Callable[[World], Any]:
        MAKERS[name] = maker
        return maker

    return enter


def payload(world: World, given: dict[str, Any], record: Any = None) -> dict[str, Any]:
    """The form data of an entry, with its ``@names`` looked up; ``@version`` is the record's."""

    def value_of(text: Any) -> Any:
        if not (isinstance(text, str) and text.startswith("@")):
            return text
        return record.version if text == "@version" else VALUES[text[1:]](world)

    return {name: value_of(text) for name, text in given.items()}


def officer(world: World) -> Any:
    return world.user("north.standing_officer")


@makes("account")
def account(world: World) -> Any:
    return world.user("north.unit_officer")


@makes("account_with_factor")
def account_with_factor(world: World) -> Any:
    user = world.user("north.unit_officer")
    give_factor(user)
    return user


@makes("disabled_account")
def disabled_account(world: World) -> Any:
    return world.user("disabled")


@makes("file")
def stored_file(world: World) -> Any:
    upload = SimpleUploadedFile("to-trinh.pdf", pdf(), content_type="application/pdf")
    return {"uuid": files.store(upload, owner=officer(world)).uuid}


@makes("job")
def job(world: World) -> Any:
    return {"uuid": jobs.enqueue("report.pledge-register", owner=officer(world), params={}).uuid}


@makes("finished_job")
def finished_job(world: World) -> Any:
    job = jobs.enqueue("report.pledge-register", owner=officer(world), params={})
    upload = SimpleUploadedFile("dang-ky.pdf", pdf(), content_type="application/pdf")
    stored = files.store(upload, owner=officer(world))
    expires = clock.real_now() + timedelta(days=7)
    type(job).objects.filter(pk=job.pk).update(state=JobState.SUCCEEDED, result=stored, expires=expires)
    return {"uuid": job.uuid}


@makes("notice")
def notice(world: World) -> Any:
    campaign = launched(world)
    notices.after_commit(
        "campaign_launched", recipients=[officer(world)], target=campaign, params={"title": campaign.title}
    )
    return officer(world).notices.get()


@makes("unit")
def unit(world: World) -> Any:
    return world.unit("north.a.hamlet")


@makes("person")
def person(world: World) -> Any:
    return world.persons["north.a.hamlet"]


@makes("appointment")
def appointment(world: World) -> Any:
    record = Appointment.objects.get(person=world.persons["north.a.hamlet"])
    return {"pk": record.person_id, "appointment": record.pk}


@makes("household")
def household(world: World) -> Any:
    return world.households["north.a.hamlet"]


@makes("group")
def group(world: World) -> Any:
    return world.groups["north.a"]


@makes("membership")
def membership(world: World) -> Any:
    return Membership.objects.get(user=world.users["north.unit_head"])


@makes("delegation")
def delegation(world: World) -> Any:
    return Delegation.objects.get(to=world.users["deputy"])


@makes("award_version")
def award_version(world: World) -> Any:
    return AwardVersion.objects.order_by("pk").first()


@makes("legal_value")
def legal_value(world: World) -> Any:
    return LegalValue.objects.order_by("pk").first()


@makes("draft_campaign")
def draft(world: World) -> Campaign:
    """A draft of commune `a`, complete enough to be launched."""
    campaign = create_from_template(
        organiser=world.unit("north.a"), template="six_focus_areas", title="Phong trào năm nay", actor=officer(world)
    )
    campaign = edit_campaign(
        campaign_id=campaign.pk, version=campaign.version, actor=officer(world), goal="Mục tiêu",
        participants="Các ấp", criteria="Tiêu chí", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31),
    )  # fmt: skip
    add_indicator(
        focus_area_id=campaign.focus_areas.all()[0].pk, name="Thu ngân sách", actor=officer(world),
        office=world.unit("north.a.office"),
    )  # fmt: skip
    units = [world.unit(key).pk for key in ("north.a.hamlet", "north.a.office")]
    set_participants(campaign_id=campaign.pk, unit_ids=units, actor=officer(world))
    campaign.refresh_from_db()
    return campaign


@makes("draft_step")
def draft_step(world: World) -> Any:
    return {"pk": draft(world).pk, "step": "general"}


@makes("draft_area")
def draft_area(world: World) -> Any:
    return draft(world).focus_areas.first()


@makes("empty_area")
def empty_area(world: World) -> Any:
    return draft(world).focus_areas.last()


@makes("draft_indicator")
def draft_indicator(world: World) -> Any:
    return draft(world).indicators.get()


@makes("launched_campaign")
def launched(world: World) -> Campaign:
    campaign = draft(world)
    return launch_campaign(campaign_id=campaign.pk, version=campaign.version, actor=officer(world))


@makes("numbered_campaign")
def numbered(world: World) -> Campaign:
    campaign = launched(world)
    return edit_campaign(
        campaign_id=campaign.pk, version=campaign.version, actor=officer(world), symbol="1/KH-UBND",
        signed_on=date(2026, 1, 1),
    )  # fmt: skip


@makes("closed_campaign")
def closed(world: World) -> Campaign:
    campaign = numbered(world)
    return close_campaign(campaign_id=campaign.pk, version=campaign.version, actor=officer(world))


@makes("campaign_document")
def campaign_document(world: World) -> Any:
    upload = SimpleUploadedFile("ke-hoach.pdf", pdf(), content_type="application/pdf")
    return add_document(
        campaign_id=launched(world).pk, upload=upload, label="Kế hoạch", kind="plan", actor=officer(world)
    )


@makes("participation")
def participation(world: World, campaign: Campaign | None = None) -> Participation:
    """Of the hamlet, invited to a launched campaign."""
    return (campaign or launched(world)).participations.get(unit=world.unit("north.a.hamlet"))


@makes("pledge_line")
def pledge_line(world: World) -> Any:
    place = participation(world)
    return {"pk": place.pk, "indicator": place.campaign.indicators.get().pk}


def of_pledge(pledge: Pledge) -> SimpleNamespace:
    """The address names the participation, the form the pledge's version."""
    return SimpleNamespace(pk=pledge.participation_id, version=pledge.version)


@makes("pledge_with_head")
def pledge_with_head(world: World) -> Any:
    place = participation(world)
    entries = {place.campaign.indicators.get().pk: Entry(note="Chưa có số liệu")}
    writer = world.user("north.unit_officer")
    outcome = save_lines(participation_id=place.pk, entries=entries, actor=writer)
    return of_pledge(submit_to_head(pledge_id=outcome.pledge.pk, version=outcome.pledge.version, actor=writer))


@makes("sent_pledge")
def sent_pledge(world: World) -> Any:
    found = pledge_with_head(world)
    head = world.user("north.unit_head")
    return of_pledge(send_pledge(participation_id=found.pk, version=found.version, actor=head))


def unit_titles() -> list[AwardType]:
    """Titles that a unit may register for today."""
    return [v.type for v in award_versions_on(clock.today(), subject_kind="unit", nature=Nature.TITLE)]


@makes("registration")
def registration(world: World) -> TitleRegistration:
    hamlet = world.unit("north.a.hamlet")
    return register_title(
        unit=hamlet, year=clock.today().year, subject=subject_for(unit=hamlet), award_type=unit_titles()[0],
        actor=world.user("north.unit_officer"),
    )  # fmt: skip
