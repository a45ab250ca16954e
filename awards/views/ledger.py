"""The register of commendations, and who was awarded what, year by year."""

from typing import Any

from django.db.models import Model, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Commendation
from awards.queries.ledger import awards_in, awards_of, find_recipients, history_of, ledger_rows
from awards.tables.decisions import LedgerFilter, LedgerTable
from core import clock
from core.ui.views import DetailPage, ListPage, Page, PageAction
from units.enums import SubjectKind
from units.models import Person, Subject, Unit
from units.queries import having

VIEW = "awards.view_ledger"
UNITS = 10


class LedgerList(ListPage):
    title = gettext_lazy("Register of commendations")
    permission = VIEW
    table_class, filterset_class = LedgerTable, LedgerFilter
    empty_icon = "award"
    empty_text = gettext_lazy("No commendation is on record yet. Rows come from decisions whose number is entered.")

    def get_queryset(self) -> Any:
        return ledger_rows(self.request.user)

    def get_page_actions(self) -> list[PageAction]:
        return [PageAction(_("Look up"), reverse("awards:lookup"), "search")]


class Lookup(Page):
    """One box: recipients in the ledger, and units."""

    title = gettext_lazy("Look up")
    permission = VIEW
    template_name = "awards/lookup.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, words = self.request.user, self.request.GET.get("q", "").strip()[:200]
        hits, units = [], []
        if words:
            hits = find_recipients(user, words)
            rows = having(Unit.objects.visible_to(user), words).select_related("parent").in_official_order()
            units = list(rows[:UNITS])
        return super().get_context_data(words=words, hits=hits, units=units, **kwargs)


class LookupSubject(DetailPage):
    """One recipient's awards. Who sees a row of the ledger sees its recipient here."""

    model: type[Model] | None = Subject
    permission = VIEW
    template_name = "awards/lookup_subject.html"
    object: Subject

    def get_object_queryset(self) -> Any:
        user = self.request.user
        known = Subject.objects.visible_to(user).order_by().values("pk")
        named = Commendation.objects.visible_to(user).order_by().values("subject")
        return Subject.objects.with_targets().filter(Q(pk__in=known) | Q(pk__in=named))

    def asked_of(self) -> Any:
        """The right hangs on no record: what is shown is filtered row by row."""
        return None

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [(gettext_lazy("Look up"), reverse("awards:lookup"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        history = history_of(awards_of(self.object, self.request.user))
        return super().get_context_data(history=history, place=self.place(), **kwargs)

    def place(self) -> str:
        """Year of birth, post and unit today, where the person may see the record itself."""
        if self.object.kind != SubjectKind.PERSON:
            return ""
        rows = Person.objects.visible_to(self.request.user).filter(pk=self.object.person_id or 0)
        row: Any = rows.placed_on(clock.today()).first()
        if row is None:
            return ""
        born = _("Born in %(year)s") % {"year": row.birth_year} if row.birth_year else ""
        return ", ".join(part for part in (born, row.post_then, row.unit_name_then) if part)


class LookupUnit(DetailPage):
    """What counts for one unit: itself and its people."""

    model: type[Model] | None = Unit
    permission = VIEW
    template_name = "awards/lookup_unit.html"
    object: Unit

    def asked_of(self) -> Any:
        """As above."""
        return None

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [(gettext_lazy("Look up"), reverse("awards:lookup"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        history = history_of(awards_in(self.object, self.request.user))
        own = history_of(awards_in(self.object, self.request.user).filter(subject__unit=self.object))
        return super().get_context_data(history=history, own=own, **kwargs)
