"""Days in words: the day of the week, and how far off a day is."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from core.errors import Text

WEEKDAYS: tuple[Text, ...] = (
    pgettext_lazy("day of the week", "Monday"),
    pgettext_lazy("day of the week", "Tuesday"),
    pgettext_lazy("day of the week", "Wednesday"),
    pgettext_lazy("day of the week", "Thursday"),
    pgettext_lazy("day of the week", "Friday"),
    pgettext_lazy("day of the week", "Saturday"),
    pgettext_lazy("day of the week", "Sunday"),
)
NEAR = 7
"""Days ahead for which the day of the week says more than the number of days."""


def weekday(day: date) -> Text:
    """The name of the day of the week."""
    return WEEKDAYS[day.weekday()]


def how_far(due_on: date, today: date) -> str:
    """A due day as people say it: 3 days late, today, tomorrow, Friday, in 20 days."""
    left = (due_on - today).days
    if left < 0:
        return ngettext("%(count)s day late", "%(count)s days late", -left) % {"count": -left}
    if left == 0:
        return _("Today")
    if left == 1:
        return _("Tomorrow")
    if left < NEAR:
        return str(weekday(due_on))
    return ngettext("In %(count)s day", "In %(count)s days", left) % {"count": left}
