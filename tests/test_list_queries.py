"""The same number of queries for 1, 3 and 200 rows, on the largest page, for every list and search.

One that asks something for each row is slow in the office with the most rows, and nowhere else.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from awards.enums import NominationState
from awards.models import Appraisal, Commendation, Decision, Nomination, ReviewRound, Submission, TitleRegistration
from campaigns.enums import CampaignState
from campaigns.models import Campaign, FocusArea, Indicator, Participation, PlanRevision, ReportingPeriod
from catalogue.enums import Nature
from catalogue.queries import award_versions_on
from core import clock
from tests.awards.factories import (
    AppraisalFactory,
    CommendationFactory,
    DecisionFactory,
    NominationFactory,
    SubmissionFactory,
)
from tests.factories import UserFactory
from tests.units.world import World, build_world
from units.enums import ReachVia, Role, SubjectKind, UnitKind, UnitLevel
from units.models import Appointment, Household, Membership, Person, Subject, Unit, UnitName, UnitParent, UnitReach
from units.services.subjects import subject_for

COUNTS = (1, 3, 200)
NARROWED = {"units:unit_list", "units:person_list", "units:household_list"}
"""They offer units as a filter: a list of them, or with 200 a search, which asks nothing beforehand."""
QUERIES = {
    # address: (who asks, queries with those of the frame and of a page it leads on to)
    "units:unit_list": ("standing_officer", 14),
    "units:unit_suggest": ("standing_officer", 6),
    "units:person_list": ("standing_officer", 14),
    "units:person_suggest": ("standing_officer", 5),
    "units:household_list": ("standing_officer", 14),
    "units:group_list": ("standing_officer", 12),
    "units:subject_suggest": ("standing_officer", 9),
    "units:membership_list": ("standing_officer", 12),
    "units:account_suggest": ("standing_officer", 5),
    "campaigns:campaign_list": ("standing_officer", 12),
    "campaigns:unit_work": ("unit_officer", 12),
    "campaigns:followed_list": ("indicator_office", 16),
    "awards:registration_list": ("standing_officer", 15),
    "awards:round_list": ("standing_officer", 11),
    "awards:decision_list": ("standing_officer", 11),
    "awards:ledger_list": ("standing_officer", 13),
    "awards:nomination_list": ("standing_officer", 11),
    "awards:appraisal_queue": ("reviewer", 21),
    "desk:home": ("unit_officer", 18),
    "reports:catalogue": ("standing_officer", 14),
    "catalogue:in_force": ("standing_officer", 16),
}


def add_rows(world: World, count: int) -> None:
    """`count` more of everything below commune `a` of the north, straight into the tables."""
    a, hamlet = world.unit("north.a"), world.unit("north.a.hamlet")
    day = a.opened_on
    numbers = range(count)
    units = Unit.objects.bulk_create(
        Unit(kind=UnitKind.HAMLET, level=UnitLevel.BASE, opened_on=day, name=f"Ấp Số {n}", known_names=f"Ấp Số {n}",
             parent=a) for n in numbers
    )  # fmt: skip
    UnitName.objects.bulk_create(UnitName(unit=unit, name=unit.name, valid_from=day) for unit in units)
    UnitParent.objects.bulk_create(UnitParent(unit=unit, parent=a, valid_from=day) for unit in units)
    UnitReach.objects.bulk_create(
        UnitReach(ancestor=above, unit=unit, via=ReachVia.LINE, valid_from=day)
        for unit in units
        for above in (unit, a, world.unit("north.province"))
    )
    persons = Person.objects.bulk_create(Person(organiser=unit, name=f"Lý Thị Số {unit.pk}") for unit in units)
    Appointment.objects.bulk_create(
        Appointment(person=person, unit=unit, post="Công chức", valid_from=day)
        for person, unit in zip(persons, units, strict=True)
    )
    Household.objects.bulk_create(Household(unit=unit, name=f"Hộ ông Số {unit.pk}") for unit in units)
    Subject.objects.bulk_create(
        Subject(kind=SubjectKind.GROUP, organiser=a, group_name=f"Nhóm Số {n}", group_kind="people") for n in numbers
    )
    users = UserFactory.build_batch(count, password="!")
    Membership.objects.bulk_create(
        Membership(user=user, role=Role.UNIT_HEAD, unit=unit, valid_from=day)
        for user, unit in zip(type(users[0]).objects.bulk_create(users), units, strict=True)
    )
    add_campaigns(a, hamlet, units, persons)
    add_awards(a, hamlet, count, world.user("north.reviewer"))


def add_campaigns(a: Unit, hamlet: Unit, units: list[Unit], persons: list[Person]) -> None:
    """A campaign a unit, in which the hamlet takes part, and a registration of each person."""
    today = clock.today()
    campaigns = Campaign.objects.bulk_create(
        Campaign(organiser=a, title=f"Phong trào Số {unit.pk}", state=CampaignState.LAUNCHED, launched_at=clock.now(),
                 starts_on=today, ends_on=today + timedelta(days=90), pledge_due_on=today) for unit in units
    )  # fmt: skip
    Participation.objects.bulk_create(
        Participation(campaign=campaign, unit=hamlet, unit_name_then=hamlet.name) for campaign in campaigns
    )
    add_indicators(campaigns, Unit.objects.get(kind=UnitKind.AGENCY, parent=a))
    ReviewRound.objects.bulk_create(
        ReviewRound(organiser=a, year=today.year, title=f"Đợt xét Số {unit.pk}") for unit in units
    )
    award = award_versions_on(today, subject_kind=SubjectKind.PERSON, nature=Nature.TITLE)[0]
    subjects = Subject.objects.bulk_create(Subject(kind=SubjectKind.PERSON, person=person) for person in persons)
    TitleRegistration.objects.bulk_create(
        TitleRegistration(organiser=a, unit=unit, year=today.year, subject=subject, award_type=award.type,
                          award_version=award, printed_name=str(subject), registered_on=today)
        for unit, subject in zip(units, subjects, strict=True)
    )  # fmt: skip


def add_indicators(campaigns: list[Campaign], office: Unit) -> None:
    """An indicator a campaign that `office` follows, with a period that runs."""
    plans = PlanRevision.objects.bulk_create(PlanRevision(campaign=campaign) for campaign in campaigns)
    areas = FocusArea.objects.bulk_create(
        FocusArea(campaign=plan.campaign, position=1, title="Kinh tế", since=plan) for plan in plans
    )
    Indicator.objects.bulk_create(
        Indicator(campaign=area.campaign, focus_area=area, code="1.1", name="Thu ngân sách", office=office,
                  since=area.since) for area in areas
    )  # fmt: skip
    today = clock.today()
    ReportingPeriod.objects.bulk_create(
        ReportingPeriod(campaign=campaign, name="Năm", starts_on=today, ends_on=today, due_at=clock.now())
        for campaign in campaigns
    )


def add_awards(a: Unit, hamlet: Unit, count: int, reviewer: User) -> None:
    """Decisions and commendations of the hamlet, and lines of one letter under appraisal."""
    numbers = range(count)
    subject = subject_for(unit=hamlet)
    award = award_versions_on(clock.today(), subject_kind=SubjectKind.UNIT, organiser_level="commune")[0]
    rounds = ReviewRound.objects.filter(organiser=a)
    decisions = Decision.objects.bulk_create(DecisionFactory.build_batch(count, organiser=a))
    Commendation.objects.bulk_create(
        CommendationFactory.build(decision=decisions[n], organiser=a, subject=subject, unit=hamlet, award_version=award)
        for n in numbers
    )
    letters = Submission.objects.bulk_create(SubmissionFactory.build(round=rounds[n], unit=hamlet) for n in numbers)
    lines = Nomination.objects.bulk_create(
        NominationFactory.build(submission=letters[n], subject=subject, award_version=award,
                                state=NominationState.APPRAISING) for n in numbers
    )  # fmt: skip
    Appraisal.objects.bulk_create(AppraisalFactory.build(nomination=line, reviewer=reviewer) for line in lines)


class ListQueries(TestCase):
    world: World

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_catalogue", verbosity=0)
        cls.world = build_world()

    def check(self, count: int) -> None:
        add_rows(self.world, count)
        clients: dict[str, Client] = {}
        asked, wrong = {"per_page": str(settings.PAGE_SIZES[-1])}, {}
        for url_name, (name, expected) in QUERIES.items():
            if name not in clients:
                clients[name] = Client()
                clients[name].force_login(self.world.user(f"north.{name}"))
                clients[name].get(reverse("accounts:profile"))  # what a process asks once
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer: Any = clients[name].get(reverse(url_name), asked, follow=True)
            assert answer.status_code == 200
            if len(queries) != expected - (count == 200 and url_name in NARROWED):
                wrong[url_name] = len(queries)
        assert wrong == {}


def add_tests() -> None:
    for count in COUNTS:

        def test(self: ListQueries, count: int = count) -> None:
            self.check(count)

        setattr(ListQueries, f"test_{count}_rows", test)


add_tests()
