"""Joining, pledging and the board of units."""

from django.urls import path

from campaigns.views import board, joining, pledge, pledge_line, pledge_steps, work

UNIT = "own/<int:pk>/"

urlpatterns = [
    path("own/", work.UnitWork.as_view(), name="unit_work"),
    path("<int:pk>/units/", board.CampaignUnits.as_view(), name="campaign_units"),
    path("<int:pk>/units/remind/", board.UnitsRemind.as_view(), name="units_remind"),
    path(UNIT + "joining/", joining.ParticipationDecide.as_view(), name="participation_decide"),
    path(UNIT + "pledge/", pledge_steps.PledgeDetail.as_view(), name="pledge_detail"),
    path(UNIT + "pledge/edit/", pledge.PledgeEdit.as_view(), name="pledge_edit"),
    path(UNIT + "pledge/lines/<int:indicator>/", pledge_line.PledgeLineSave.as_view(), name="pledge_line_save"),
    path(UNIT + "pledge/take-back/", pledge_steps.PledgeTakeBack.as_view(), name="pledge_take_back"),
    path(UNIT + "pledge/send/", pledge_steps.PledgeSend.as_view(), name="pledge_send"),
    path(UNIT + "pledge/accept/", pledge_steps.PledgeAccept.as_view(), name="pledge_accept"),
    path(UNIT + "pledge/return/", pledge_steps.PledgeReturn.as_view(), name="pledge_return"),
    path(UNIT + "pledge/on-behalf/", pledge_steps.PledgeOnBehalf.as_view(), name="pledge_on_behalf"),
]
