from django.urls import path

from senhong.ledger import views

app_name = "ledger"
urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/postings/", views.postings, name="postings"),
    path("indicators/", views.indicators, name="indicators"),
    path("indicators/new/", views.new_indicator, name="new-indicator"),
    path("indicators/<str:code>/edit/", views.edit_indicator, name="edit-indicator"),
    path("indicators/<str:code>/history/", views.indicator_history, name="indicator-history"),
]
