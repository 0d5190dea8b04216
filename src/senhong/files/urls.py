from django.urls import path

from senhong.files import views

app_name = "files"
urlpatterns = [path("files/<uuid:id>/", views.download, name="download")]
