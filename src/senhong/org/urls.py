from django.urls import path

from senhong.org import views

app_name = "org"
urlpatterns = [
    path("units/search/", views.search, name="search"),
    path("units/<str:key>/history/", views.history, name="history"),
    path("maps/changes/", views.map_changes, name="map-changes"),
    path("maps/changes/new/", views.new_map_change, name="new-map-change"),
    path("maps/changes/<uuid:id>/", views.map_change, name="map-change"),
    path("maps/changes/<uuid:id>/edit/", views.edit_map_change, name="edit-map-change"),
    path("maps/changes/<uuid:id>/add/<str:step>/", views.add_step, name="add-step"),
    path("maps/changes/<uuid:id>/remove/", views.remove_step, name="remove-step"),
    path("maps/changes/<uuid:id>/sheet.xlsx", views.change_sheet, name="change-sheet"),
    path("maps/changes/<uuid:id>/sheet/", views.read_sheet, name="read-sheet"),
    path("maps/changes/<uuid:id>/refuse/", views.refuse_map_change, name="refuse-map-change"),
    path("maps/changes/<uuid:id>/discard/", views.discard_map_change, name="discard-map-change"),
    path("maps/changes/<uuid:id>/do/<str:act>/", views.act, name="change-act"),
    path("clusters/", views.clusters, name="clusters"),
    path("clusters/draw/", views.draw_clusters, name="draw-clusters"),
    path("start/", views.start, name="start"),
    path("start/units/", views.start_units, name="start-units"),
]
