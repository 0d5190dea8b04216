from django.urls import path

from senhong.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.about_demo, name="about"),
    path("demo/remove/", views.remove, name="remove"),
]
