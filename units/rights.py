"""The grants table in words: what may be done, by which role, and where."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.errors import Text
from units.enums import ORGANISER_ROLES, UNIT_ROLES, Role
from units.grants import ABOVE, ADMINISTRATOR, ANY, ASSIGNED, ORGANISER, UNIT, sides_of

ADMINISTRATORS = "administrator"
"""Stands beside the roles: a flag of the account. Its rights are `ADMINISTRATOR` and those of the floors below."""

OF_THE_ACCOUNT = frozenset({"accounts.manage_account", "audit.view_entry"})
"""Rights that the floors below hang on the same flag."""

WHERE: dict[str, Text] = {
    ORGANISER: _("what their committee organises"),
    UNIT: _("their unit and those below it"),
    ASSIGNED: _("what is given to them by name"),
    ABOVE: _("what their committee or one below it organises"),
    ANY: _("whatever they can see"),
}

GROUPS: tuple[tuple[Text, dict[str, Text]], ...] = (
    (
        _("Emulation campaigns"),
        {
            "campaigns.view_campaign": _("Read campaigns and their plans"),
            "campaigns.write_campaign": _("Write a campaign: focus areas, indicators, targets"),
            "campaigns.launch_campaign": _("Launch a campaign to the units"),
            "campaigns.revise_campaign": _("Revise the plan of a launched campaign"),
            "campaigns.close_campaign": _("Close a campaign"),
            "campaigns.decide_joining": _("Decide whether the unit joins"),
            "campaigns.view_participation": _("Read what units pledge and report"),
            "campaigns.remind_units": _("Remind units"),
            "campaigns.enter_on_behalf": _("Enter on behalf of a unit, with the scan of its paper"),
        },
    ),
    (
        _("Pledges and reports"),
        {
            "campaigns.edit_pledge": _("Draft the pledge"),
            "campaigns.send_pledge": _("Confirm and send the pledge"),
            "campaigns.take_in_pledge": _("Accept or return a pledge"),
            "campaigns.edit_title_registration": _("Register titles of the year"),
            "campaigns.manage_period": _("Set reporting periods and deadlines"),
            "campaigns.edit_report": _("Draft the report"),
            "campaigns.send_report": _("Confirm and send the report"),
            "campaigns.supply_figure": _("Supply or confirm the figures of an indicator"),
            "campaigns.take_in_report": _("Accept or return a report"),
            "campaigns.close_report": _("Close the figures of a report"),
            "campaigns.reopen_report": _("Reopen closed figures for correction"),
        },
    ),
    (
        _("Commendation"),
        {
            "awards.open_round": _("Open and close a review round"),
            "awards.edit_submission": _("Draft a submission and its nominations"),
            "awards.send_submission": _("Confirm and send a submission"),
            "awards.take_in_submission": _("Take in or return a submission"),
            "awards.assign_reviewer": _("Assign nominations to reviewers"),
            "awards.appraise_nomination": _("Find a nomination eligible or not, or ask for more"),
            "awards.put_to_signature": _("Put nominations to signature"),
            "awards.prepare_decision": _("Prepare a decision"),
            "awards.decide_nomination": _("Agree, strike a nomination, send back"),
            "awards.enter_decision": _("Enter number, date, signer and scan of a decision"),
            "awards.publish": _("Publish commendations"),
            "awards.view_ledger": _("Look up commendations"),
        },
    ),
    (_("Reports"), {"reports.run_report": _("Run reports and download their files")}),
    (
        _("Units and people"),
        {
            "units.view_unit": _("Read units"),
            "units.manage_unit": _("Enter units, rename, move, merge and close them"),
            "units.manage_person": _("Keep individuals, their posts, and groups"),
            "units.manage_household": _("Keep households"),
            "units.view_identity": _("Read identity numbers (each reading is recorded)"),
        },
    ),
    (
        _("System"),
        {
            "accounts.manage_account": _("Open, disable and unlock accounts"),
            "units.manage_membership": _("Grant and end roles, name deputies"),
            "catalogue.view_catalogue": _("Read the legal bases"),
            "catalogue.manage_value": _("Enter legal texts and dated values"),
            "jobs.view_all": _("See everybody's files in the making"),
            "audit.view_entry": _("Read the audit log"),
        },
    ),
)


@dataclass(frozen=True)
class Holder:
    """A role that holds a right, and at which records; several places are alternatives."""

    label: Text
    where: tuple[Text, ...]


@dataclass(frozen=True)
class Right:
    """One line of the table. `by_all`: every role holds it, so they are not named one by one."""

    label: Text
    holders: tuple[Holder, ...]
    by_all: bool


@dataclass(frozen=True)
class Group:
    label: Text
    rights: tuple[Right, ...]


def rights_of(role: str = "") -> list[Group]:
    """Every right with its holders; with `role` (or `ADMINISTRATORS`) only what that one holds."""
    groups = (
        Group(label, tuple(right for code, words in codes.items() if (right := right_of(code, words, role))))
        for label, codes in GROUPS
    )
    return [group for group in groups if group.rights]


def right_of(code: str, words: Text, role: str) -> Right | None:
    """The line of one right, or None if `role` is given and does not hold it."""
    holding = dict(holders_of(code))
    if role and role not in holding:
        return None
    by_all = not role and all(member.value in holding for member in Role)
    shown = [holding[role]] if role else [holding[name] for name in holding if not by_all or name == ADMINISTRATORS]
    return Right(words, tuple(shown), by_all)


def holders_of(code: str) -> Iterator[tuple[str, Holder]]:
    for role in Role:
        if sides := sides_of(role, code):
            yield role.value, Holder(role.label, tuple(WHERE[side] for side in sides))
    if code in ADMINISTRATOR or code in OF_THE_ACCOUNT:
        yield ADMINISTRATORS, Holder(_("System administrator"), (_("everywhere"),))


def reading_of(role: str) -> Text:
    """Whose records a role opens, whatever it may do with them."""
    if role == ADMINISTRATORS:
        return _("Reads accounts, units, settings and the log; no dossier.")
    if role in UNIT_ROLES:
        return _("Reads what belongs to the unit and to those below it.")
    if role in ORGANISER_ROLES:
        return _("Reads what the committee organises, and the units below it.")
    return _("Reads what is given to them by name.")


def role_choices() -> list[tuple[str, Text]]:
    return [*((role.value, role.label) for role in Role), (ADMINISTRATORS, _("System administrator"))]
