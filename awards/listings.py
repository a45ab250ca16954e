"""The lists of this room, entered for their workbooks and their readers' choices."""

from django.utils.translation import gettext_lazy as _

from core.ui import listings

VIEW = "awards.view_ledger"


def enter() -> None:
    """Called when the application starts."""
    registrations = "campaigns.view_campaign"
    listings.register("awards:registration_list", title=_("List of title registrations"), permission=registrations)
    listings.register("awards:round_list", title=_("List of rounds of review"), permission=VIEW)
    # every line of a round that the person may see; the page asks no right beside the scope
    listings.register("awards:round_detail", title=_("List of nominations"))
    listings.register("awards:nomination_list", title=_("List of nominations"), permission=VIEW)
    listings.register(
        "awards:campaign_nominations", title=_("List of nominations in the campaign"), permission=VIEW
    )  # fmt: skip
    listings.register("awards:decision_list", title=_("List of decisions"), permission=VIEW)
    listings.register("awards:ledger_list", title=_("List of commendations"), permission=VIEW)
