from django.urls import path

from senhong.work import views
from senhong.work.views import answers, assigning, importing, matrix, report

app_name = "work"
urlpatterns = [
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/<uuid:id>/", views.task, name="task"),
    path("tasks/<uuid:id>/start/", views.start_task, name="start"),
    path("tasks/<uuid:id>/hand-in/", views.hand_in, name="hand-in"),
    path("tasks/<uuid:id>/accept/", views.accept_task, name="accept"),
    path("tasks/<uuid:id>/return/", views.return_task, name="return"),
]
urlpatterns += [
    path("tasks/matrix/", matrix.matrix, name="matrix"),
    path("tasks/matrix.xlsx", matrix.matrix_xlsx, name="matrix-xlsx"),
    path("tasks/report/", report.report, name="report"),
    path("tasks/report.xlsx", report.report_xlsx, name="report-xlsx"),
    path("tasks/<uuid:id>/assign/", assigning.assign, name="assign"),
    path("tasks/<uuid:id>/remind/", matrix.remind_silent, name="remind-silent"),
    path("tasks/<uuid:id>/answers/", answers.answers, name="answers"),
    path("tasks/<uuid:id>/answers.xlsx", answers.answers_xlsx, name="answers-xlsx"),
    path("tasks/lists/<uuid:id>/export/", importing.export_tasks, name="export-list"),
    path("tasks/lists/<uuid:id>/import/", importing.import_tasks, name="import-list"),
    path("tasks/lists/<uuid:id>/import/confirm/", importing.confirm_import, name="confirm-import"),
]
