"""Which units are late with a step, and what is said to them: one list for the chat and for the letter."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Campaign, Participation
from campaigns.queries.periods import day_of, due_moments
from campaigns.queries.steps import Step
from core import clock
from core.text import format_date


@dataclass(frozen=True)
class LateUnit:
    """A unit whose own due day is past; the day is its extension's where it had one."""

    participation: Participation
    due_on: date

    @property
    def days(self) -> int:
        return (clock.today() - self.due_on).days


def late_units(campaign: Campaign, step: Step) -> list[LateUnit]:
    """Units that join, have not sent and have no more time, in official order."""
    moved = due_moments(step.period) if step.period is not None else {}
    found = []
    for row in step.owing(campaign):
        due_on = day_of(moved[row.pk]) if row.pk in moved else step.due_on
        if due_on is not None and due_on < clock.today():
            found.append(LateUnit(row, due_on))
    return found


def subject_of(campaign: Campaign, step: Step) -> str:
    """What is asked for, for the title of a letter and the first line of a message."""
    if step.period is None:
        return _("the pledge of “%(title)s”") % {"title": campaign.title}
    return _("the report %(period)s of “%(title)s”") % {"period": step.period.name, "title": campaign.title}


def message_for(campaign: Campaign, step: Step, units: list[LateUnit]) -> str:
    """A text to paste into a chat group; empty where no unit is late."""
    if not units:
        return ""
    lines = [
        ngettext(
            "Up to %(today)s %(count)s unit has not sent %(subject)s:",
            "Up to %(today)s %(count)s units have not sent %(subject)s:", len(units),
        ) % {"today": format_date(clock.today()), "count": len(units), "subject": subject_of(campaign, step)}
    ]  # fmt: skip
    for number, unit in enumerate(units, 1):
        late = ngettext("%(count)s day late", "%(count)s days late", unit.days) % {"count": unit.days}
        due = _("due on %(day)s") % {"day": format_date(unit.due_on)}
        lines.append(f"{number}. {unit.participation} – {due}, {late}")
    lines.append(_("Please send it in the system soon. It can still be sent and is noted as late."))
    return "\n".join(lines)
