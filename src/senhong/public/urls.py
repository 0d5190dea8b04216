from django.urls import path

from senhong.public import views

app_name = "public"
urlpatterns = [
    path("a/<str:short>/", views.activity, name="activity"),
    path("a/<str:short>/activity.ics", views.activity_file, name="activity-file"),
    path("calendar/<str:secret>.ics", views.feed, name="feed"),
    path("calendars/", views.calendars, name="calendars"),
    path("calendars/make/", views.make_feed, name="make-feed"),
    path("calendars/<uuid:id>/revoke/", views.revoke_feed, name="revoke-feed"),
]
