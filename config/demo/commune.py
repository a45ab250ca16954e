"""The campaign of a commune of today, dated from the day of install."""

from collections.abc import Mapping
from datetime import timedelta

from accounts.models import User
from campaigns.models import Campaign
from campaigns.services.campaigns import edit_campaign
from campaigns.services.launching import launch_campaign
from config.demo.plan import read, write_campaign
from core import clock
from units.models import Unit

COMMUNE = "can-tho.ho-dac-kien"


def make_commune_campaign(units: Mapping[str, Unit], people: Mapping[str, User]) -> Campaign:
    """Launched some days ago to hamlets, schools and an office; the pledges fall due in some days."""
    data = read("commune_now.toml")
    officer = people["xa.thuongtruc"]
    today = clock.today()
    start, due, end = (today + timedelta(days=data["days"][name]) for name in ("start", "due", "end"))
    with clock.on_day(start):
        campaign = write_campaign(
            data, organiser=units[COMMUNE], units=units, keys=data["units"]["keys"], actor=officer
        )
        campaign = edit_campaign(
            campaign_id=campaign.pk, version=campaign.version, actor=officer, starts_on=start, ends_on=end,
            pledge_due_on=due,
        )  # fmt: skip
        return launch_campaign(campaign_id=campaign.pk, version=campaign.version, actor=officer)
