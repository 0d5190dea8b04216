from django.urls import include, path

from senhong.work import views

app_name = "work"
urlpatterns = [
    path("", include("senhong.work.urls_reminding")),
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/<uuid:id>/", views.task, name="task"),
    path("tasks/<uuid:id>/start/", views.start_task, name="start"),
    path("tasks/<uuid:id>/hand-in/", views.hand_in, name="hand-in"),
    path("tasks/<uuid:id>/accept/", views.accept_task, name="accept"),
    path("tasks/<uuid:id>/return/", views.return_task, name="return"),
]
