"""Periods, progress reports and results."""

from django.urls import path

from campaigns.views import (
    extensions,
    figures,
    followed,
    periods,
    report_detail,
    report_edit,
    report_line,
    report_place,
    results,
)

PLACE = "own/<int:pk>/periods/<int:period>/"
REPORT = "reports/<int:pk>/"

urlpatterns = [
    path("<int:pk>/results/", results.CampaignResults.as_view(), name="campaign_results"),
    path("<int:pk>/periods/", periods.PeriodList.as_view(), name="period_list"),
    path("<int:pk>/periods/new/", periods.PeriodCreate.as_view(), name="period_create"),
    path("periods/<int:pk>/", periods.PeriodEdit.as_view(), name="period_edit"),
    path("periods/<int:pk>/remove/", periods.PeriodRemove.as_view(), name="period_remove"),
    path(PLACE, report_place.ReportPlace.as_view(), name="report_place"),
    path(PLACE + "start/", report_place.ReportStart.as_view(), name="report_start"),
    path(PLACE + "on-behalf/", report_place.ReportOnBehalf.as_view(), name="report_on_behalf"),
    path(PLACE + "extend/", extensions.PeriodExtend.as_view(), name="period_extend"),
    path(PLACE + "extension/", extensions.ExtensionAsk.as_view(), name="extension_ask"),
    path("extensions/<int:pk>/", extensions.ExtensionAnswer.as_view(), name="extension_answer"),
    path("extensions/<int:pk>/withdraw/", extensions.ExtensionWithdraw.as_view(), name="extension_withdraw"),
    path(REPORT, report_detail.ReportDetail.as_view(), name="report_detail"),
    path(REPORT + "edit/", report_edit.ReportEdit.as_view(), name="report_edit"),
    path(REPORT + "lines/<int:indicator>/", report_line.ReportLineSave.as_view(), name="report_line_save"),
    path("reports/parts/<int:pk>/", report_line.ReportPartSave.as_view(), name="report_part_save"),
    path(REPORT + "take-back/", report_detail.ReportTakeBack.as_view(), name="report_take_back"),
    path(REPORT + "send/", report_detail.ReportSend.as_view(), name="report_send"),
    path(REPORT + "accept/", report_detail.ReportAccept.as_view(), name="report_accept"),
    path(REPORT + "return/", report_detail.ReportReturn.as_view(), name="report_return"),
    path(REPORT + "close/", report_detail.ReportClose.as_view(), name="report_close"),
    path(REPORT + "reopen/", report_detail.ReportReopen.as_view(), name="report_reopen"),
    path("reports/evidence/<int:pk>/remove/", report_detail.EvidenceRemove.as_view(), name="evidence_remove"),
    path("followed/", followed.FollowedList.as_view(), name="followed_list"),
    path("followed/<int:pk>/", followed.FollowedIndicator.as_view(), name="followed_indicator"),
    path("figures/<int:pk>/", figures.FigureDetail.as_view(), name="figure_detail"),
    path("figures/<int:pk>/confirm/", figures.FigureConfirm.as_view(), name="figure_confirm"),
    path("figures/<int:pk>/supply/", figures.FigureSupply.as_view(), name="figure_supply"),
]
