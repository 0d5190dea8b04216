from django.urls import path

from senhong.sync import views

app_name = "sync"
urlpatterns = [
    path("field/", views.shell, name="shell"),
    path("field/sw.js", views.service_worker, name="service-worker"),
    path("field/manifest.webmanifest", views.manifest, name="manifest"),
    path("sync/kept/", views.kept_acts, name="kept-acts"),
    path("sync/kept/<uuid:id>/", views.kept_act, name="kept-act"),
    path("sync/kept/<uuid:id>/replay/", views.replay, name="replay"),
    path("sync/kept/<uuid:id>/dismiss/", views.dismiss, name="dismiss"),
    path("sync/import/", views.import_file, name="import"),
    path("sync/import/confirm/", views.confirm_import, name="confirm-import"),
]
