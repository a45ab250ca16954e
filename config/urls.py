"""Every address of the application, one line per room."""

from django.urls import include, path

urlpatterns = [
    path("", include("desk.urls")),
    path("", include("config.health")),
    path("account/", include("accounts.urls")),
    path("ui/", include("core.ui.urls")),
    path("files/", include("core.files.urls")),
    path("jobs/", include("core.jobs.urls")),
    path("notices/", include("core.notices.urls")),
    path("audit/", include("core.audit.urls")),
    path("", include("units.urls")),
    path("catalogue/", include("catalogue.urls")),
    path("campaigns/", include("campaigns.urls")),
    path("awards/", include("awards.urls")),
    path("reports/", include("reports.urls")),
]

handler400 = "core.ui.errors.bad_request"
handler403 = "core.ui.errors.forbidden"
handler404 = "core.ui.errors.not_found"
handler500 = "core.ui.errors.server_error"
