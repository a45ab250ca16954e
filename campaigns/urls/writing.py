"""Writing, launching and showing a campaign."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path

from campaigns.views import campaign, ending, plan, writing

ONE = "<int:pk>/"
STEP_VIEWS = {
    "general": writing.GeneralStep.as_view(),
    "plan": plan.PlanStep.as_view(),
    "units": writing.UnitsStep.as_view(),
    "time": writing.TimeStep.as_view(),
    "check": writing.CheckStep.as_view(),
}


def write_step(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """The view of one of the five steps."""
    if step not in STEP_VIEWS:
        raise Http404
    return STEP_VIEWS[step](request, pk=pk, step=step)


urlpatterns = [
    path("", campaign.CampaignList.as_view(), name="campaign_list"),
    path("new/", writing.CampaignCreate.as_view(), name="campaign_create"),
    path(ONE, campaign.CampaignDetail.as_view(), name="campaign_detail"),
    path(ONE + "plan/", campaign.CampaignPlan.as_view(), name="campaign_plan"),
    path(ONE + "documents/", campaign.CampaignDocuments.as_view(), name="campaign_documents"),
    path("documents/<int:pk>/remove/", campaign.DocumentRemove.as_view(), name="document_remove"),
    path(ONE + "history/", campaign.CampaignHistory.as_view(), name="campaign_history"),
    path(ONE + "preview/", ending.CampaignPreview.as_view(), name="campaign_preview"),
    path(ONE + "write/<slug:step>/", write_step, name="campaign_write"),
    path(ONE + "launch/", writing.CampaignLaunch.as_view(), name="campaign_launch"),
    path(ONE + "paper/", ending.CampaignPaper.as_view(), name="campaign_paper"),
    path(ONE + "units/add/", ending.ParticipantAdd.as_view(), name="participant_add"),
    path(ONE + "close/", ending.CampaignClose.as_view(), name="campaign_close"),
    path(ONE + "cancel/", ending.CampaignCancel.as_view(), name="campaign_cancel"),
    path(ONE + "archive/", ending.CampaignArchive.as_view(), name="campaign_archive"),
    path(ONE + "areas/new/", plan.FocusAreaCreate.as_view(), name="focus_area_create"),
    path("areas/<int:pk>/", plan.FocusAreaEdit.as_view(), name="focus_area_edit"),
    path("areas/<int:pk>/move/", plan.FocusAreaMove.as_view(), name="focus_area_move"),
    path("areas/<int:pk>/remove/", plan.FocusAreaRemove.as_view(), name="focus_area_remove"),
    path("areas/<int:pk>/indicators/new/", plan.IndicatorCreate.as_view(), name="indicator_create"),
    path("areas/<int:pk>/paste/", plan.PlanPaste.as_view(), name="plan_paste"),
    path("indicators/<int:pk>/", plan.IndicatorEdit.as_view(), name="indicator_edit"),
    path("indicators/<int:pk>/targets/", plan.IndicatorTargets.as_view(), name="indicator_targets"),
    path("indicators/<int:pk>/move/", plan.IndicatorMove.as_view(), name="indicator_move"),
    path("indicators/<int:pk>/remove/", plan.IndicatorRemove.as_view(), name="indicator_remove"),
]
