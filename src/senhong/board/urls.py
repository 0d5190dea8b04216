from django.urls import path

from senhong.board import views

app_name = "board"
urlpatterns = [
    path("", views.home, name="home"),
    path("units/<str:key>/", views.unit, name="unit"),
    path("units/<str:key>/communes/", views.communes, name="communes"),
    path("units/<str:key>/needs/", views.needs, name="needs"),
    path("units/<str:key>/cards/", views.cards, name="cards"),
    path("units/<str:key>/live/", views.live, name="live"),
    path("units/<str:key>/matrix/", views.matrix, name="matrix"),
    path("units/<str:key>/matrix.xlsx", views.matrix_xlsx, name="matrix-xlsx"),
    path("units/<str:key>/map/", views.state_map, name="state-map"),
    path("teams/<uuid:id>/", views.team, name="team"),
    path("reading-date/", views.set_reading_date, name="set-reading-date"),
]
