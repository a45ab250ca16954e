"""Chain the audit entries that wait."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from core import audit
from core.audit.sealing import queue_strays


class Command(BaseCommand):
    help = "Chains the audit entries that wait for the sealer, and finds entries that fell out of the queue."

    def handle(self, *args: Any, **options: Any) -> None:
        if strays := queue_strays():
            self.stderr.write(_("%(count)d entries were in no queue and are queued again.") % {"count": strays})
        sealed = audit.seal()
        self.stdout.write(_("%(count)d entries were chained.") % {"count": sealed})
        if waiting := audit.unsealed_count():
            self.stdout.write(_("%(count)d entries still wait: another sealer is at work.") % {"count": waiting})
