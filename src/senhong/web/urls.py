from django.urls import path
from django.views.i18n import set_language

from senhong.web import views

app_name = "web"
urlpatterns = [
    path("ui/", views.gallery, name="gallery"),
    path("errors/", views.errors, name="errors"),
    path("language/", set_language, name="set-language"),
    path("theme/", views.set_theme, name="set-theme"),
]
