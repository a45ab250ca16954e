"""The list of the audit trail."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.audit.models import Entry
from core.text import format_date
from core.ui.tables import Column, Table, TimeColumn

LONG = 200  # letters of a changed value shown in the list; the record's own history shows all of them


class EntryTable(Table):
    """When, who, what, to which record, from what to what and why."""

    at = TimeColumn(verbose_name=gettext_lazy("Time"), order_by=("pk",))
    actor = Column(accessor="actor_text", order_by=("actor_label",), verbose_name=gettext_lazy("Done by"))
    action = Column(accessor="action_text", order_by=("action",), verbose_name=gettext_lazy("Act"))
    subject = Column(accessor="subject_label", verbose_name=gettext_lazy("Record"))
    changes = Column(  # several values in a cell: there is no order among them
        accessor="change_rows", orderable=False, empty_values=(), verbose_name=gettext_lazy("What changed")
    )

    class Meta(Table.Meta):
        fields = ("at", "actor", "action", "subject", "changes")
        empty_text = gettext_lazy("Nothing has been recorded yet.")

    caption = gettext_lazy("Audit trail")

    def render_at(self, value: Any, record: Entry, column: TimeColumn) -> SafeString:
        """The true time; below it the business day, where the deed was judged as of another day."""
        shown = column.render(value)
        if not record.is_on_another_day:
            return format_html("{}", shown)
        note = _("as of %(day)s") % {"day": format_date(record.business_day)}
        return format_html('{}<small class="note">{}</small>', shown, note)

    def render_changes(self, value: Any, record: Entry) -> SafeString | str:
        """The changes line by line, and below them why."""
        lines = [(row.label, shortened(row.before), shortened(row.after)) for row in value]
        shown = format_html_join("", "<div>{}: {} → {}</div>", lines)
        if record.reason:
            shown += format_html('<small class="note">{}: {}</small>', _("Reason"), record.reason)
        return shown or "–"


def shortened(text: str) -> str:
    if len(text) > LONG:
        return f"{text[:LONG]}…"
    return text or "–"
