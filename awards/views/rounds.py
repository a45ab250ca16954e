"""Rounds of review: the list, a new one, one round with its letters and lines, the tab of a campaign."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.enums import RoundState
from awards.forms.submissions import RoundForm
from awards.models import Nomination, ReviewRound, Submission
from awards.queries.nominations import counts_by_state, places_in, with_words
from awards.services.rounds import OPEN, close_round, open_round
from awards.tables.nominations import (
    CampaignNominationTable,
    NominationFilter,
    NominationTable,
    RoundFilter,
    RoundTable,
    SubmissionTable,
    year_text,
)
from campaigns.models import Campaign
from catalogue.enums import Route
from core import clock
from core.ui.states import look_of
from core.ui.views import ActionView, FormPage, ListPage, PageAction, Tile

LIST = "awards:round_list"


def list_crumb() -> list[tuple[Any, str]]:
    return [(_("Nominations"), reverse(LIST))]


def round_crumb(row: ReviewRound) -> list[tuple[Any, str]]:
    return [*list_crumb(), (row.title, reverse("awards:round_detail", args=[row.pk]))]


def posted_version(request: Any) -> int:
    """The version of the record the page showed."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else -1


class RoundList(ListPage):
    title = _("Nominations")
    permission = "awards.view_ledger"
    table_class, filterset_class = RoundTable, RoundFilter
    empty_icon = "award"
    empty_text = _("No round of review yet. The committee's standing body opens one when it takes in nominations.")

    def get_queryset(self) -> Any:
        rows = ReviewRound.objects.visible_to(self.request.user).select_related("organiser")
        return rows.order_by("-year", "-pk")

    def get_page_actions(self) -> list[PageAction]:
        if not self.request.user.has_perm(OPEN):
            return []
        return [PageAction(_("Open a round of review"), reverse("awards:round_create"), "plus", primary=True)]


class RoundCreate(FormPage):
    title = _("Open a round of review")
    permission = OPEN
    template_name = "awards/round_create.html"
    form_class = RoundForm
    submit_label = _("Open the round")

    def get_initial(self) -> dict[str, Any]:
        return {"year": clock.today().year, "route": Route.NO_MEETING, **self.request.GET.dict()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def perform(self, form: Any) -> ReviewRound:
        return open_round(organiser=form.cleaned_data["organiser"], values=form.values(), actor=self.request.user)

    def get_success_url(self, result: Any) -> str:
        return reverse("awards:round_detail", args=[result.pk])

    def get_success_message(self, result: Any) -> Any:
        return _("The round is open; the units below are told.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=reverse(LIST), **kwargs)


class OfRound:
    """A page of one round."""

    model: Any = ReviewRound
    object: ReviewRound
    request: Any

    def get_object_queryset(self) -> Any:
        return ReviewRound.objects.visible_to(self.request.user).select_related("organiser", "campaign")

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return round_crumb(self.object)

    def get_back_url(self) -> str:
        return reverse("awards:round_detail", args=[self.object.pk])


class RoundDetail(OfRound, ListPage):
    """Counts by state, the letters, and every line the person may see."""

    template_name = "awards/round_detail.html"
    table_class, filterset_class = NominationTable, NominationFilter
    tiles_field = "state"
    empty_icon = "award"
    empty_text = _("No line yet.")

    def get_title(self) -> Any:
        return self.object.title

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def lines(self) -> Any:
        return Nomination.objects.visible_to(self.request.user).filter(round=self.object)

    def get_queryset(self) -> Any:
        return with_words(self.lines()).order_by("nominating_unit__official_order", "submission", "position", "pk")

    def get_tiles(self) -> list[Tile]:
        counts = counts_by_state(self.lines())
        if not counts:
            return []
        whole = Tile(_("All lines"), sum(count for _state, count in counts))
        return [whole, *(Tile(s.label, n, s.value, look_of(s).icon, tone=look_of(s).tone) for s, n in counts)]

    def get_page_actions(self) -> list[PageAction]:
        row, user, actions = self.object, self.request.user, []
        if row.state != RoundState.OPEN:
            return []
        if places_in(row, user):
            url = reverse("awards:submission_create", args=[row.pk])
            actions.append(PageAction(_("Begin a submission"), url, "plus", primary=True))
        if user.has_perm(OPEN, row):
            actions.append(PageAction(_("Close the round"), reverse("awards:round_close", args=[row.pk]), "lock"))
        return actions

    def submissions(self) -> Any:
        rows = Submission.objects.visible_to(self.request.user).filter(round=self.object)
        counted = rows.annotate(lines=Count("nominations", filter=~Q(nominations__state="withdrawn")))
        return counted.select_related("round").order_by("unit__official_order", "unit__sort_key", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        table = SubmissionTable(data=self.submissions(), prefix="s-")
        table.show_page(self.request)
        return super().get_context_data(submissions=table, year=year_text(self.object), **kwargs)


class RoundClose(OfRound, ActionView):
    title = _("Close the round")
    permission = OPEN
    template_name = "awards/submission_act.html"
    confirmation = True

    def get_consequences(self) -> list[Any]:
        return [_("No further submission is taken in."), _("What was sent goes on to its decision.")]

    def perform(self, form: Any) -> ReviewRound:
        return close_round(round_id=self.object.pk, version=posted_version(self.request), actor=self.request.user)

    def get_success_url(self, result: Any) -> str:
        return self.get_back_url()


class CampaignNominations(ListPage):
    """The tab of a campaign: its rounds, and the lines proposed in them."""

    model = Campaign
    permission = "awards.view_ledger"
    template_name = "awards/nomination_campaign.html"
    table_class, filterset_class = CampaignNominationTable, NominationFilter
    tiles_field = "state"
    empty_icon = "award"
    empty_text = _("Nobody is proposed in this campaign yet.")

    def get_object_queryset(self) -> Any:
        return Campaign.objects.visible_to(self.request.user).select_related("organiser")

    def asked_of(self) -> Any:
        return None

    def get_title(self) -> Any:
        return self.object.title

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [(_("Campaigns"), reverse("campaigns:campaign_list"))]

    def lines(self) -> Any:
        return Nomination.objects.visible_to(self.request.user).filter(round__campaign=self.object)

    def get_queryset(self) -> Any:
        return with_words(self.lines()).order_by("nominating_unit__official_order", "submission", "position", "pk")

    def get_tiles(self) -> list[Tile]:
        return [
            Tile(s.label, n, s.value, look_of(s).icon, tone=look_of(s).tone) for s, n in counts_by_state(self.lines())
        ]

    def get_page_actions(self) -> list[PageAction]:
        if not self.request.user.has_perm(OPEN, self.object):
            return []
        url = f"{reverse('awards:round_create')}?campaign={self.object.pk}"
        return [PageAction(_("Open a round of review"), url, "plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rounds = ReviewRound.objects.visible_to(self.request.user).filter(campaign=self.object)
        return super().get_context_data(tab="nominations", rounds=rounds.order_by("-year", "-pk"), **kwargs)
