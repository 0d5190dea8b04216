from django.urls import path

from senhong.org import views

app_name = "org"
urlpatterns = [
    path("units/search/", views.search, name="search"),
    path("units/<str:key>/history/", views.history, name="history"),
    path("start/", views.start, name="start"),
    path("start/units/", views.start_units, name="start-units"),
]
