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
    "person.identity_matched": _("Found by identity number"),
    "household.created": _("Household entered"),
    "household.edited": _("Household's data corrected"),
    "group.created": _("Group entered"),
    "group.edited": _("Group's data corrected"),
    "membership.granted": _("Role granted"),
    "membership.ended": _("Role ended"),
    "delegation.made": _("Deputy named"),
    "delegation.ended": _("Deputy recalled"),
}

# names of changes that are no columns of the record they are told of
LABELS = {
    "unit": _("unit"),
    "post": _("post"),
    "to": _("deputy"),
    "receiver": _("who receives the open work"),
    "valid_from": _("from"),
    "valid_to": _("until before"),
    "roles_end_on": _("roles in the unit end on"),
    "predecessor": _("predecessor"),
    "successor": _("successor"),
    "heir": _("successor that receives records and units below"),
    "on": _("on"),
    "persons": _("individuals handed over"),
    "households": _("households handed over"),
    "groups": _("groups handed over"),
    "double": _("double record"),
    "merged_into": _("merged into"),
}
