from django.urls import path

from senhong.plans import views

app_name = "plans"
urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("plans/new/", views.new_plan, name="new-plan"),
    path("plans/pace/", views.pace_rule, name="pace-rule"),
    path("plans/<uuid:id>/", views.plan, name="plan"),
    path("plans/<uuid:id>/edit/", views.edit_plan, name="edit-plan"),
    path("plans/<uuid:id>/targets/new/", views.new_target, name="new-target"),
    path("plans/<uuid:id>/partners/new/", views.new_part, name="new-part"),
    path("plans/partners/<uuid:id>/end/", views.end_part, name="end-part"),
    path("directives/new/", views.new_directive, name="new-directive"),
    path("directives/<uuid:id>/", views.directive, name="directive"),
    path("directives/<uuid:id>/edit/", views.edit_directive, name="edit-directive"),
    path("targets/<uuid:id>/", views.target, name="target"),
    path("targets/<uuid:id>/edit/", views.edit_target, name="edit-target"),
    path("targets/<uuid:id>/split/", views.split, name="split"),
    path("targets/<uuid:id>/split.xlsx", views.split_workbook, name="split-workbook"),
    path("targets/<uuid:id>/withdraw/", views.withdraw_target, name="withdraw-target"),
]
