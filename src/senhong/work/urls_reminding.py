"""Addresses of rules about deadlines, and of people's own calendars."""

from django.urls import path

from senhong.work.views import feeds, rules

urlpatterns = [
    path("units/<str:key>/deadlines/", rules.rules, name="rules"),
    path("units/<str:key>/deadlines/clear/", rules.clear_rule, name="clear-rule"),
    path("units/<str:key>/deadlines/days/", rules.set_day, name="set-day"),
    path("units/<str:key>/deadlines/days/<uuid:id>/remove/", rules.remove_day, name="remove-day"),
    path("tasks/calendar/", feeds.my_feed, name="my-feed"),
    path("tasks/calendar/make/", feeds.make_my_feed, name="make-my-feed"),
    path("tasks/calendar/revoke/", feeds.revoke_my_feed, name="revoke-my-feed"),
    path("tasks/<uuid:id>/ours/", feeds.ours, name="ours"),
    path("deadlines/<str:secret>.ics", feeds.deadlines, name="deadlines"),
]
