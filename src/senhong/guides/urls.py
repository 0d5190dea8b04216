from django.urls import path

from senhong.guides import views

app_name = "guides"
urlpatterns = [
    path("services/", views.catalogue, name="services"),
    path("services/new/", views.add_service, name="add-service"),
    path("services/<slug:code>/", views.edit_service, name="edit-service"),
]
