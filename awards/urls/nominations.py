"""Rounds of review, letters of submission and their lines."""

from django.urls import path

from awards.views import nomination_list, nominations, rounds, submissions

ROUND, LETTER, LINE = "rounds/<int:pk>/", "submissions/<int:pk>/", "nominations/<int:pk>/"

urlpatterns = [
    path("rounds/", rounds.RoundList.as_view(), name="round_list"),
    path("rounds/new/", rounds.RoundCreate.as_view(), name="round_create"),
    path(ROUND, rounds.RoundDetail.as_view(), name="round_detail"),
    path(ROUND + "close/", rounds.RoundClose.as_view(), name="round_close"),
    path(ROUND + "submissions/new/", submissions.SubmissionCreate.as_view(), name="submission_create"),
    path(LETTER, submissions.SubmissionDetail.as_view(), name="submission_detail"),
    path(LETTER + "letter/", submissions.LetterEdit.as_view(), name="submission_edit"),
    path(LETTER + "files/new/", submissions.SubmissionFileAdd.as_view(), name="submission_file_add"),
    path(
        "submissions/files/<int:pk>/remove/", submissions.SubmissionFileRemove.as_view(), name="submission_file_remove"
    ),
    path(LETTER + "confirm/", submissions.SubmissionConfirm.as_view(), name="submission_confirm"),
    path(LETTER + "reopen/", submissions.SubmissionReopen.as_view(), name="submission_reopen"),
    path(LETTER + "send/", submissions.SubmissionSend.as_view(), name="submission_send"),
    path(LETTER + "take-in/", submissions.SubmissionTakeIn.as_view(), name="submission_take_in"),
    path(LETTER + "lines/find/", nominations.NominationPick.as_view(), name="nomination_pick"),
    path(LETTER + "lines/new/", nominations.NominationCreate.as_view(), name="nomination_create"),
    path(LETTER + "prefill/", submissions.SubmissionPrefill.as_view(), name="submission_prefill"),
    path("nominations/", nomination_list.NominationList.as_view(), name="nomination_list"),
    path(LINE, nominations.NominationDetail.as_view(), name="nomination_detail"),
    path(LINE + "edit/", nominations.NominationEdit.as_view(), name="nomination_edit"),
    path(LINE + "fill/", nominations.NominationFill.as_view(), name="nomination_fill"),
    path(LINE + "remove/", nominations.NominationRemove.as_view(), name="nomination_remove"),
    path(LINE + "files/new/", nominations.NominationFileAdd.as_view(), name="nomination_file_add"),
    path(LINE + "withdraw/", nominations.NominationWithdraw.as_view(), name="nomination_withdraw"),
    path(LINE + "answer/", nominations.NominationAnswer.as_view(), name="nomination_answer"),
    path("campaigns/<int:pk>/", rounds.CampaignNominations.as_view(), name="campaign_nominations"),
]
