"""The words of what is done to campaigns and their plans, for the trail."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "campaign.created": _("Campaign begun"),
    "campaign.copied": _("Campaign begun from an earlier one"),
    "campaign.edited": _("Campaign edited"),
    "campaign.participants_set": _("Units chosen"),
    "campaign.participant_added": _("Unit added after the launch"),
    "campaign.launched": _("Campaign launched"),
    "campaign.closed": _("Campaign closed"),
    "campaign.cancelled": _("Campaign cancelled"),
    "campaign.archived": _("Campaign archived"),
    "campaign.document_added": _("Document added"),
    "campaign.document_removed": _("Document taken off"),
    "focus_area.added": _("Focus area added"),
    "focus_area.edited": _("Focus area edited"),
    "focus_area.moved": _("Focus area moved"),
    "focus_area.removed": _("Focus area removed"),
    "indicator.added": _("Indicator added"),
    "indicator.edited": _("Indicator edited"),
    "indicator.moved": _("Indicator moved"),
    "indicator.removed": _("Indicator removed"),
    "indicator.unit_target_set": _("Target of one unit set"),
    "indicator.unit_target_cleared": _("Target of one unit removed"),
}
