from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "core.audit"
    label = "audit"

    def ready(self) -> None:
        """Enter the right to read the trail, its place in the menu, what must hold of it."""
        from core.audit import invariants  # noqa: F401, PLC0415 -- once the apps are loaded
        from core.audit.permissions import is_administrator  # noqa: PLC0415 -- once the apps are loaded
        from core.ui import listings, navigation  # noqa: PLC0415

        listings.register("audit:entry_list", title=_("Extract of the audit trail"), permission="audit.view_entry")

        navigation.register(
            "audit", label=_("Audit trail"), icon="history", url_name="audit:entry_list",
            visible=is_administrator, order=930,
        )  # fmt: skip
