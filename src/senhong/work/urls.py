from django.urls import path

from senhong.work import views
from senhong.work.views import feeds, papers, rules, splitting

app_name = "work"
urlpatterns = [
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/<uuid:id>/", views.task, name="task"),
    path("tasks/<uuid:id>/start/", views.start_task, name="start"),
    path("tasks/<uuid:id>/hand-in/", views.hand_in, name="hand-in"),
    path("tasks/<uuid:id>/accept/", views.accept_task, name="accept"),
    path("tasks/<uuid:id>/return/", views.return_task, name="return"),
    path("tasks/calendar/", feeds.my_feed, name="my-feed"),
    path("tasks/calendar/make/", feeds.make_my_feed, name="make-my-feed"),
    path("tasks/calendar/revoke/", feeds.revoke_my_feed, name="revoke-my-feed"),
    path("tasks/<uuid:id>/ours/", feeds.ours, name="ours"),
    path("deadlines/<str:secret>.ics", feeds.deadlines, name="deadlines"),
    path("units/<str:key>/deadlines/", rules.rules, name="rules"),
    path("units/<str:key>/deadlines/clear/", rules.clear_rule, name="clear-rule"),
    path("units/<str:key>/deadlines/days/", rules.set_day, name="set-day"),
    path("units/<str:key>/deadlines/days/<uuid:id>/remove/", rules.remove_day, name="remove-day"),
    path("directives/<uuid:id>/work/", papers.directive_work, name="directive"),
    path("directives/<uuid:id>/split/", splitting.split_directive, name="split-directive"),
    path("directives/<uuid:id>/report/", papers.directive_report, name="directive-report"),
    path("directives/<uuid:id>/report.xlsx", papers.directive_workbook, name="directive-workbook"),
    path("clauses/<uuid:id>/edit/", papers.edit_clause, name="edit-clause"),
    path("clauses/<uuid:id>/remove/", papers.remove_clause, name="remove-clause"),
]
