from django.urls import path

from senhong.board import views

app_name = "board"
urlpatterns = [
    path("", views.home, name="home"),
    path("units/<str:key>/", views.unit, name="unit"),
    path("units/<str:key>/communes/", views.communes, name="communes"),
    path("teams/<uuid:id>/", views.team, name="team"),
    path("reading-date/", views.set_reading_date, name="set-reading-date"),
]
