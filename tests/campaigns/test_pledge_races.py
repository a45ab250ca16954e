"""What two people do to a pledge at the same moment. Row locks: PostgreSQL only."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from awards.models import TitleRegistration
from awards.services.title_registrations import LineRefused, register_title
from campaigns.enums import PledgeState
from campaigns.models import Pledge, PledgeLine, Reminder
from campaigns.queries.pledges import stamp_of
from campaigns.queries.steps import steps_of
from campaigns.services.lines import LineMovedOn
from campaigns.services.pledge_steps import accept_pledge, return_pledge, send_pledge
from campaigns.services.pledges import save_line
from campaigns.services.reminding import remind_units
from catalogue.enums import Nature
from catalogue.queries import award_versions_on
from catalogue.services import load_catalogue
from core import clock
from core.errors import MovedOn, ServiceError
from core.notices.models import Notice
from tests.campaigns.pledging import counted, fill, launched, place, sent
from tests.campaigns.world import Committee, build_committee
from units.services.subjects import subject_for

pytestmark = [pytest.mark.postgres_only, pytest.mark.django_db(transaction=True)]


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run all works at the same moment, each on its own connection; a refusal is its result."""
    start = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        start.wait(timeout=10)
        try:
            return work()
        except ServiceError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def refusals(results: list[Any]) -> list[type]:
    return [type(result) for result in results if isinstance(result, ServiceError)]


@pytest.fixture
def committee() -> Committee:
    return build_committee()


def test_what_was_not_seen_is_not_sent(committee: Committee) -> None:
    """The head sends while the officer writes: one of the two is told, and nothing unseen goes out."""
    campaign = launched(committee)
    first, money = place(campaign, committee.communes[0]), counted(campaign)[0]
    seen = fill(first, committee.unit_officers[0]).version
    results = at_once(
        lambda: send_pledge(participation_id=first.pk, version=seen, actor=committee.heads[0]),
        lambda: save_line(participation_id=first.pk, indicator_id=money.pk, values={"number": Decimal(1)},
                          actor=committee.unit_officers[0]),
    )  # fmt: skip
    assert len(refusals(results)) == 1
    value = PledgeLine.objects.get(indicator=money).number
    assert (Pledge.objects.get().state, value) in {(PledgeState.SENT, 5000), (PledgeState.DRAFT, 1)}


def test_two_officers_do_not_both_decide(committee: Committee) -> None:
    campaign = launched(committee)
    pledge = sent(place(campaign, committee.communes[0]), committee.unit_officers[0], committee.heads[0])
    given = {"pledge_id": pledge.pk, "version": pledge.version, "actor": committee.officer}
    results = at_once(lambda: accept_pledge(**given), lambda: return_pledge(reason="Sửa", **given))
    assert refusals(results) == [MovedOn]
    assert Pledge.objects.get().version == pledge.version + 1


def test_two_who_begin_at_once_begin_one_pledge(committee: Committee) -> None:
    campaign = launched(committee)
    first, rows = place(campaign, committee.communes[0]), counted(campaign)
    people = (committee.unit_officers[0], committee.heads[0])
    results = at_once(*[
        lambda person=person, row=row: save_line(
            participation_id=first.pk, indicator_id=row.pk, values={"number": Decimal(90)}, actor=person
        )
        for person, row in zip(people, rows, strict=False)
    ])  # fmt: skip
    assert not refusals(results)
    assert (Pledge.objects.count(), PledgeLine.objects.count()) == (1, 2)


def test_two_who_write_the_same_line_do_not_overwrite_each_other(committee: Committee) -> None:
    campaign = launched(committee)
    first, money = place(campaign, committee.communes[0]), counted(campaign)[0]
    people = (committee.unit_officers[0], committee.heads[0])
    results = at_once(*[
        lambda person=person, value=value: save_line(
            participation_id=first.pk, indicator_id=money.pk, values={"number": Decimal(value)},
            stamp=stamp_of(None), actor=person,
        )
        for value, person in enumerate(people, 5000)
    ])  # fmt: skip
    assert refusals(results) == [LineMovedOn]
    assert PledgeLine.objects.count() == 1


def test_two_officers_who_remind_at_once_remind_each_unit_once(committee: Committee) -> None:
    campaign = launched(committee)
    step = steps_of(campaign)[0]
    results = at_once(*[lambda: remind_units(campaign_id=campaign.pk, step=step, actor=committee.officer)] * 2)
    assert sorted(result.count for result in results) == [0, 2]
    assert Reminder.objects.count() == 2
    assert Notice.objects.filter(code="unit_reminded").count() == 4


def test_the_same_title_registered_twice_at_once_stands_once(committee: Committee) -> None:
    load_catalogue()
    unit = committee.communes[0]
    subject = subject_for(unit=unit)
    award = award_versions_on(clock.today(), subject_kind="unit", nature=Nature.TITLE)[0].type
    results = at_once(*[
        lambda actor=actor: register_title(
            unit=unit, year=2024, subject=subject, award_type=award, actor=actor
        )
        for actor in (committee.unit_officers[0], committee.heads[0])
    ])  # fmt: skip
    assert refusals(results) == [LineRefused]
    assert TitleRegistration.objects.count() == 1
