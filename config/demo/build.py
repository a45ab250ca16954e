"""The demo content, made through the services, as the acting users, on the days on which it plays."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from config.demo.awards import make_awards
from config.demo.commune import make_commune_campaign
from config.demo.people import banner, make_people
from config.demo.plan import make_campaign
from config.demo.pledges import make_pledges
from config.demo.reporting import make_reports
from config.demo.titles import make_titles
from units.services.loading import load_people, load_units

UNIT_FILES = Path(settings.BASE_DIR) / "units" / "demo_data"


def build(say: Callable[[str], None]) -> None:
    """Units, people, the real plan and what was done with it."""
    say("  units and their history")
    units = load_units(UNIT_FILES / "chau_thanh.toml", actor=None)
    records = load_people(UNIT_FILES / "people.toml", units, actor=None)
    say("  accounts and roles")
    people = make_people(units)
    say("  plan 27/KH-UBND: six focus areas, launched on 19/02/2024")
    campaign = make_campaign(units, people)
    say("  pledges and title registrations of the communes")
    make_pledges(campaign, units, people)
    make_titles(units, records, people)
    say("  progress reports of two periods")
    make_reports(campaign, units, people)
    say("  a commendation on its way to the chair")
    make_awards(units, records, people)
    say("  a campaign of a commune of today")
    make_commune_campaign(units, people)


def accounts_banner() -> str:
    """The lines printed once the demo serves."""
    return banner()
