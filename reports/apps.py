from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from core import audit  # noqa: PLC0415 -- models exist only after ready()
        from core.ui import listings, navigation  # noqa: PLC0415
        from reports.links import enter_links  # noqa: PLC0415
        from reports.registration import discover  # noqa: PLC0415
        from reports.titles import own_issuer  # noqa: PLC0415

        discover()
        enter_links()
        listings.register_issuer(own_issuer)
        audit.register_actions({"report.requested": _("Report asked for")})
        navigation.register(
            "reports", label=_("Reports"), icon="report-analytics", url_name="reports:catalogue",
            visible=lambda user: user.has_perm("reports.run_report"), order=600,
        )  # fmt: skip
