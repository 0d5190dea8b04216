from django.urls import include, path

from senhong.config.api import api
from senhong.config.views import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", api.urls),
    path("accounts/", include("senhong.accounts.urls")),
    path("", include("senhong.org.urls")),  # before board: /units/search/ is no unit
    path("", include("senhong.demo.urls")),
    path("", include("senhong.audit.urls")),
    path("", include("senhong.activities.urls")),
    path("", include("senhong.files.urls")),
    path("", include("senhong.guides.urls")),
    path("", include("senhong.ledger.urls")),
    path("", include("senhong.people.urls")),
    path("", include("senhong.plans.urls")),
    path("", include("senhong.practices.urls")),
    path("", include("senhong.work.urls")),
    path("", include("senhong.comms.urls")),
    path("", include("senhong.public.urls")),
    path("", include("senhong.sync.urls")),
    path("", include("senhong.board.urls")),
    path("", include("senhong.web.urls")),
]
handler400 = "senhong.web.views.unreadable"
handler404 = "senhong.web.views.not_found"
handler500 = "senhong.web.views.broken"
handler403 = "senhong.web.views.forbidden"
handler429 = "senhong.accounts.views.too_many"  # of allauth
