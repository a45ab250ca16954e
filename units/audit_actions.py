"""The words of what is done in this room, for the trail."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "unit.created": _("Unit entered"),
    "unit.corrected": _("Unit's data corrected"),
    "unit.renamed": _("Unit renamed"),
    "unit.moved": _("Unit placed under another"),
    "unit.closed": _("Unit ceased"),
    "unit.succeeded": _("Succession recorded"),
    "unit.handed_over": _("Records handed over to the successor"),
    "person.created": _("Individual entered"),
    "person.edited": _("Individual's data corrected"),
    "person.appointed": _("Post recorded"),
    "person.post_ended": _("Post ended"),
    "person.merged": _("Double record merged in"),
    "person.merged_away": _("Merged into another record"),
    "person.identity_set": _("Identity number entered"),
    "person.identity_cleared": _("Identity number removed"),
    "person.identity_read": _("Identity number read"),
    "household.created": _("Household entered"),
    "household.edited": _("Household's data corrected"),
    "group.created": _("Group entered"),
    "group.edited": _("Group's data corrected"),
    "membership.granted": _("Role granted"),
    "membership.ended": _("Role ended"),
    "delegation.made": _("Deputy named"),
    "delegation.ended": _("Deputy recalled"),
}
