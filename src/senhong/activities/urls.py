from django.urls import path

from senhong.activities import views

app_name = "activities"
urlpatterns = [
    path("activities/", views.activities, name="activities"),
    path("activities/new/", views.plan_activity, name="plan"),
    path("activities/<uuid:id>/", views.activity, name="activity"),
    path("activities/<uuid:id>/edit/", views.change_activity, name="change"),
    path("activities/<uuid:id>/answer/", views.answer, name="answer"),
    path("activities/<uuid:id>/start/", views.start_activity, name="start"),
    path("activities/<uuid:id>/close/", views.close_activity, name="close"),
    path("activities/<uuid:id>/reopen/", views.reopen_activity, name="reopen"),
    path("activities/<uuid:id>/cancel/", views.cancel_activity, name="cancel"),
    path("activities/<uuid:id>/present/", views.present, name="present"),
    path("activities/<uuid:id>/present/number/", views.present_number, name="present-number"),
    path("activities/<uuid:id>/partners/", views.say_parts, name="say-parts"),
    path("activities/<uuid:id>/help/", views.record_help, name="record-help"),
    path("activities/help/<uuid:id>/", views.doorstep, name="help"),
    path("activities/help/<uuid:id>/correct/", views.correct_help, name="correct-help"),
    path("activities/help/<uuid:id>/withdraw/", views.withdraw_help, name="withdraw-help"),
]
