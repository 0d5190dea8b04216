from django.urls import path

from senhong.work.views import papers, splitting

app_name = "work"
urlpatterns = [
    path("directives/<uuid:id>/work/", papers.directive_work, name="directive"),
    path("directives/<uuid:id>/split/", splitting.split_directive, name="split-directive"),
    path("directives/<uuid:id>/report/", papers.directive_report, name="directive-report"),
    path("directives/<uuid:id>/report.xlsx", papers.directive_workbook, name="directive-workbook"),
    path("clauses/<uuid:id>/edit/", papers.edit_clause, name="edit-clause"),
    path("clauses/<uuid:id>/remove/", papers.remove_clause, name="remove-clause"),
]
