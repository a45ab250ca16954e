"""Addresses of this room."""

from django.urls import path

from units.views import households, identity, memberships, persons, posts, rights, subjects, successions, units

app_name = "units"
urlpatterns = [
    path("units/", units.UnitList.as_view(), name="unit_list"),
    path("units/new/", units.UnitCreate.as_view(), name="unit_create"),
    path("units/succession/", successions.UnitSuccession.as_view(), name="unit_succession"),
    path("units/suggest/", units.UnitSuggest.as_view(), name="unit_suggest"),
    path("units/<int:pk>/", units.UnitDetail.as_view(), name="unit_detail"),
    path("units/<int:pk>/edit/", units.UnitEdit.as_view(), name="unit_edit"),
    path("units/<int:pk>/rename/", units.UnitRename.as_view(), name="unit_rename"),
    path("units/<int:pk>/move/", units.UnitMove.as_view(), name="unit_move"),
    path("units/<int:pk>/close/", units.UnitClose.as_view(), name="unit_close"),
    path("persons/", persons.PersonList.as_view(), name="person_list"),
    path("persons/new/", persons.PersonCreate.as_view(), name="person_create"),
    path("persons/suggest/", persons.PersonSuggest.as_view(), name="person_suggest"),
    path("persons/<int:pk>/", persons.PersonDetail.as_view(), name="person_detail"),
    path("persons/<int:pk>/edit/", persons.PersonEdit.as_view(), name="person_edit"),
    path("persons/<int:pk>/identity/", identity.PersonIdentity.as_view(), name="person_identity"),
    path("persons/<int:pk>/identity/read/", identity.PersonReveal.as_view(), name="person_reveal"),
    path("persons/<int:pk>/merge/", persons.PersonMerge.as_view(), name="person_merge"),
    path("persons/<int:pk>/appoint/", posts.PersonAppoint.as_view(), name="person_appoint"),
    path("persons/<int:pk>/posts/<int:appointment>/end/", posts.AppointmentEnd.as_view(), name="appointment_end"),
    path("households/", households.HouseholdList.as_view(), name="household_list"),
    path("households/new/", households.HouseholdCreate.as_view(), name="household_create"),
    path("households/<int:pk>/", households.HouseholdDetail.as_view(), name="household_detail"),
    path("households/<int:pk>/edit/", households.HouseholdEdit.as_view(), name="household_edit"),
    path("groups/", subjects.GroupList.as_view(), name="group_list"),
    path("groups/new/", subjects.GroupCreate.as_view(), name="group_create"),
    path("groups/<int:pk>/edit/", subjects.GroupEdit.as_view(), name="group_edit"),
    path("subjects/suggest/", subjects.SubjectSuggest.as_view(), name="subject_suggest"),
    path("roles/", memberships.MembershipList.as_view(), name="membership_list"),
    path("roles/new/", memberships.MembershipCreate.as_view(), name="membership_create"),
    path("roles/rights/", rights.RightsPage.as_view(), name="rights"),
    path("roles/accounts/suggest/", memberships.AccountSuggest.as_view(), name="account_suggest"),
    path("roles/<int:pk>/", memberships.MembershipDetail.as_view(), name="membership_detail"),
    path("roles/<int:pk>/end/", memberships.MembershipEnd.as_view(), name="membership_end"),
    path("roles/<int:pk>/deputies/new/", memberships.DelegationCreate.as_view(), name="delegation_create"),
    path("deputies/<int:pk>/end/", memberships.DelegationEnd.as_view(), name="delegation_end"),
]
