from django.urls import path

from senhong.people import views

app_name = "people"
urlpatterns = [
    path("people/", views.teams, name="teams"),
    path("people/members/", views.members, name="members"),
    path("people/teams/new/", views.add_team, name="add-team"),
    path("people/teams/<uuid:id>/", views.team, name="team"),
    path("people/teams/<uuid:id>/edit/", views.edit_team, name="edit-team"),
    path("people/teams/<uuid:id>/disband/", views.disband_team, name="disband-team"),
    path("people/teams/<uuid:id>/join/", views.join_team, name="join-team"),
    path("people/memberships/<uuid:id>/leave/", views.leave_team, name="leave-team"),
    path("people/members/new/", views.add_member, name="add-member"),
    path("people/members/import/", views.import_list, name="import-list"),
    path("people/members/import/confirm/", views.confirm_list, name="confirm-list"),
    path("people/members/export/", views.export_list, name="export-list"),
    path("people/members/doubles/", views.doubles, name="doubles"),
    path("people/members/<uuid:id>/", views.member, name="member"),
    path("people/members/<uuid:id>/edit/", views.edit_member, name="edit-member"),
    path("people/members/<uuid:id>/leave/", views.end_member, name="end-member"),
    path("people/members/<uuid:id>/return/", views.return_member, name="return-member"),
    path("people/members/<uuid:id>/move/", views.move_member, name="move-member"),
    path("people/members/<uuid:id>/merge/", views.merge, name="merge-member"),
    path("people/members/<uuid:id>/account/", views.open_account, name="open-account"),
    path("people/members/<uuid:id>/password/", views.reset_password, name="reset-password"),
    path("people/members/<uuid:id>/account/close/", views.close_account, name="close-account"),
    path("people/members/<uuid:id>/account/reopen/", views.reopen_account, name="reopen-account"),
    path("people/roles/", views.roles, name="roles"),
    path("people/roles/<uuid:id>/withdraw/", views.withdraw_role, name="withdraw-role"),
    path("people/roles/<uuid:id>/password/", views.reset_holder, name="reset-holder"),
    path("people/partners/", views.partners, name="partners"),
    path("people/partners/<uuid:id>/", views.partner, name="partner"),
    path("people/partners/<uuid:id>/edit/", views.edit_partner, name="edit-partner"),
    path("people/partners/<uuid:id>/hand-on/", views.hand_on_partner, name="hand-on-partner"),
    path("people/partners/<uuid:id>/end/", views.end_partner, name="end-partner"),
]
