from django.urls import path

from senhong.comms import views

app_name = "comms"
urlpatterns = [
    path("reminders/", views.reminders, name="reminders"),
    path("reminders/sent/", views.sent, name="sent"),
    path("reminders/<uuid:id>/seen/", views.see, name="see"),
]
