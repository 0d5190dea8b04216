from django.urls import path

from senhong.practices import views

app_name = "practices"
urlpatterns = [
    path("practices/", views.practices, name="practices"),
    path("practices/new/", views.new_practice, name="new-practice"),
    path("practices/<uuid:id>/", views.practice, name="practice"),
    path("practices/<uuid:id>/edit/", views.edit_practice, name="edit-practice"),
    path("practices/<uuid:id>/adopt/", views.adopt, name="adopt"),
    path("practices/<uuid:id>/pictures/", views.add_picture, name="add-picture"),
    path("practices/pictures/<uuid:id>/", views.picture, name="picture"),
    path("practices/pictures/<uuid:id>/remove/", views.remove_picture, name="remove-picture"),
    path("practices/adoptions/<uuid:id>/withdraw/", views.withdraw, name="withdraw"),
]
