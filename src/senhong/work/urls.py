from django.urls import path

from senhong.work import views
from senhong.work.views import papers, splitting

app_name = "work"
urlpatterns = [
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/<uuid:id>/", views.task, name="task"),
    path("tasks/<uuid:id>/start/", views.start_task, name="start"),
    path("tasks/<uuid:id>/hand-in/", views.hand_in, name="hand-in"),
    path("tasks/<uuid:id>/accept/", views.accept_task, name="accept"),
    path("tasks/<uuid:id>/return/", views.return_task, name="return"),
    path("directives/<uuid:id>/work/", papers.directive_work, name="directive"),
    path("directives/<uuid:id>/split/", splitting.split_directive, name="split-directive"),
    path("directives/<uuid:id>/report/", papers.directive_report, name="directive-report"),
    path("directives/<uuid:id>/report.xlsx", papers.directive_workbook, name="directive-workbook"),
    path("clauses/<uuid:id>/edit/", papers.edit_clause, name="edit-clause"),
    path("clauses/<uuid:id>/remove/", papers.remove_clause, name="remove-clause"),
]
