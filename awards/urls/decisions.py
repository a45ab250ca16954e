"""Appraisal, signature, decisions and the ledger."""

from django.urls import path

from awards.views import appraisals, decisions, ledger

LINE = "appraisals/<int:pk>/"
ONE = "decisions/<int:pk>/"

urlpatterns = [
    path("appraisals/", appraisals.AppraisalQueue.as_view(), name="appraisal_queue"),
    path("appraisals/assign/", appraisals.AppraisalAssign.as_view(), name="appraisal_assign"),
    path(LINE, appraisals.AppraisalLine.as_view(), name="appraisal_line"),
    path(LINE + "take-in/", appraisals.AppraisalTakeIn.as_view(), name="appraisal_take_in"),
    path("appraisals/tasks/<int:pk>/step-back/", appraisals.AppraisalStepBack.as_view(), name="appraisal_step_back"),
    path("appraisals/tasks/<int:pk>/other/", appraisals.AppraisalSubstitute.as_view(), name="appraisal_substitute"),
    path("decisions/", decisions.DecisionList.as_view(), name="decision_list"),
    path("decisions/new/", decisions.DecisionCreate.as_view(), name="decision_create"),
    path(ONE, decisions.DecisionDetail.as_view(), name="decision_detail"),
    path(ONE + "submit/", decisions.DecisionSubmit.as_view(), name="decision_submit"),
    path(ONE + "sign/", decisions.DecisionSign.as_view(), name="decision_sign"),
    path(ONE + "send-back/", decisions.DecisionSendBack.as_view(), name="decision_send_back"),
    path(ONE + "enter/", decisions.DecisionEnter.as_view(), name="decision_enter"),
    path(ONE + "publish/", decisions.DecisionPublish.as_view(), name="decision_publish"),
    path("decisions/lines/<int:pk>/strike/", decisions.LineStrike.as_view(), name="decision_line_strike"),
    path("decisions/lines/<int:pk>/send-back/", decisions.LineSendBack.as_view(), name="decision_line_send_back"),
    path("ledger/", ledger.LedgerList.as_view(), name="ledger_list"),
    path("lookup/", ledger.Lookup.as_view(), name="lookup"),
    path("lookup/recipients/<int:pk>/", ledger.LookupSubject.as_view(), name="lookup_subject"),
    path("lookup/units/<int:pk>/", ledger.LookupUnit.as_view(), name="lookup_unit"),
]
