"""What each role may do: one table, role to permission to side.

A side says at which records the permission holds:

* ``organiser`` - records organised by the membership's unit (``record.organiser_id``);
* ``unit`` - records of the membership's unit or one below it in line (``record.unit_id``, ``record.unit_ids``);
* ``assigned`` - records given to the user by name (``record.is_assigned_to(user)``);
* ``above`` - records organised by the membership's unit or one below it in line;
* ``any`` - wherever the user can see it.

A tuple of sides means any of them. The table follows the roles of the product's description; every
permission in it is entered into `rules` by `units.permissions`.
"""

from units.enums import Role

ORGANISER, UNIT, ASSIGNED, ABOVE, ANY = "organiser", "unit", "assigned", "above", "any"
Side = str | tuple[str, ...]

# What whoever works here may do: look at what their scope shows them, and run reports over it.
EVERYBODY: dict[str, Side] = {
    "units.view_unit": ANY,
    "catalogue.view_catalogue": ANY,
    "campaigns.view_campaign": ANY,
    "awards.view_ledger": ANY,
    "reports.run_report": ANY,
}

# The unit's own side of each record: drafted by the officer, confirmed and sent by the head.
UNIT_DRAFTING: dict[str, Side] = {
    "units.manage_person": UNIT,
    "units.manage_household": UNIT,
    "units.view_identity": UNIT,
    "campaigns.view_participation": UNIT,
    "campaigns.edit_pledge": UNIT,
    "campaigns.edit_title_registration": UNIT,
    "campaigns.edit_report": UNIT,
    "awards.edit_submission": UNIT,
}

GRANTS: dict[Role, dict[str, Side]] = {
    Role.STANDING_OFFICER: {
        **EVERYBODY,
        "units.manage_person": (ORGANISER, UNIT),
        "units.manage_household": (ORGANISER, UNIT),
        "units.view_identity": (ORGANISER, UNIT),
        "campaigns.write_campaign": ORGANISER,
        "campaigns.launch_campaign": ORGANISER,
        "campaigns.close_campaign": ORGANISER,
        "campaigns.revise_campaign": ORGANISER,
        "campaigns.manage_period": ORGANISER,
        "campaigns.view_participation": ORGANISER,
        "campaigns.take_in_pledge": ORGANISER,
        "campaigns.enter_on_behalf": ORGANISER,
        "campaigns.remind_units": ORGANISER,
        "campaigns.edit_title_registration": ORGANISER,
        "campaigns.take_in_report": ORGANISER,
        "campaigns.close_report": ORGANISER,
        "campaigns.reopen_report": ORGANISER,
        "awards.open_round": ORGANISER,
        "awards.edit_submission": ORGANISER,
        "awards.take_in_submission": ORGANISER,
        "awards.assign_reviewer": ORGANISER,
        "awards.appraise_nomination": ORGANISER,
        "awards.put_to_signature": ORGANISER,
        "awards.prepare_decision": ORGANISER,
        "awards.enter_decision": ORGANISER,
        "awards.publish": ORGANISER,
    },
    Role.REVIEWER: {**EVERYBODY, "awards.appraise_nomination": ASSIGNED},
    Role.INDICATOR_OFFICE: {**EVERYBODY, "campaigns.supply_figure": ASSIGNED},
    Role.COUNCIL_MEMBER: {**EVERYBODY},
    Role.COUNCIL_SECRETARY: {**EVERYBODY},
    Role.APPROVER: {
        **EVERYBODY,
        "campaigns.view_participation": ORGANISER,
        "awards.decide_nomination": ORGANISER,
    },
    Role.UNIT_OFFICER: {**EVERYBODY, **UNIT_DRAFTING},
    Role.UNIT_HEAD: {
        **EVERYBODY,
        **UNIT_DRAFTING,
        "campaigns.decide_joining": UNIT,
        "campaigns.send_pledge": UNIT,
        "campaigns.send_report": UNIT,
        "awards.send_submission": UNIT,
    },
    Role.BLOCK_LEAD: {**EVERYBODY},
    # Leaders and inspectors read a subtree: also what a committee below them organises.
    Role.OBSERVER: {**EVERYBODY, "campaigns.view_participation": (ABOVE, UNIT)},
}

# The system administrator, a flag of the account: everything technical. Decides and votes on nothing.
# The floors below have rules of their own on the same flag: accounts.manage_account, audit.view_entry.
ADMINISTRATOR: frozenset[str] = frozenset(
    {
        "units.view_unit",
        "units.manage_unit",
        "units.manage_membership",
        "catalogue.view_catalogue",
        "catalogue.manage_value",
        "jobs.view_all",
    }
)


def sides_of(role: str, permission: str) -> tuple[str, ...]:
    """The sides at which `role` holds `permission`; empty if it does not."""
    side = GRANTS[Role(role)].get(permission, ())
    return (side,) if isinstance(side, str) else side


def permissions() -> frozenset[str]:
    """Every permission that the table names."""
    return ADMINISTRATOR.union(*GRANTS.values())
