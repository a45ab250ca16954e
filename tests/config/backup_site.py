"""Data for the restore drill, made and told in a process of its own: ``python -m tests.config.backup_site fill``."""

import json
import os
import sys
from datetime import timedelta
from typing import Any

import django


def fill() -> None:
    """The sound world of the invariants, and what was under way: a job, a mail, a session."""
    from django.core.files.base import ContentFile  # noqa: PLC0415 -- Django is set up below

    from accounts.models import Session  # noqa: PLC0415
    from core import audit, clock, files  # noqa: PLC0415
    from core.notices.models import OutgoingMail  # noqa: PLC0415
    from tests import planting  # noqa: PLC0415
    from tests.core.jobs import JobFactory  # noqa: PLC0415
    from tests.factories import UserFactory  # noqa: PLC0415

    planting.build()
    audit.seal()
    now = clock.real_now()
    owner = UserFactory(username="chu.viec")
    kept = planting.lying(planting.default_storage.save("report", ContentFile(b"Workbook" * 1000)))
    files.store_path(kept, name="a.xlsx", mime="x/y", owner=owner, expires=now + timedelta(days=7))
    JobFactory(owner=owner, state="running", lease_owner="dead", lease_until=now - timedelta(days=3), attempts=1)
    OutgoingMail.objects.create(to="a@example.vn", code="x", language="vi")
    Session.objects.create(
        key="k", data="", user=owner, created=now, last_touched=now, expires=now + timedelta(hours=9)
    )


def change() -> None:
    """What people did after the backup."""
    from accounts.models import User  # noqa: PLC0415
    from campaigns.models import Campaign  # noqa: PLC0415
    from core.files.models import StoredFile  # noqa: PLC0415
    from tests.planting import lying, write  # noqa: PLC0415

    write(Campaign.objects.get(), theme="Sau khi sao lưu")
    write(User.objects.get(username="chu.viec"), full_name="Người Khác")
    for stored in StoredFile.objects.all():
        lying(stored.key).write_bytes(b"changed")


def damage() -> None:
    """A stored file goes behind our back."""
    from core.files.models import StoredFile  # noqa: PLC0415
    from tests.planting import lying  # noqa: PLC0415

    lying(StoredFile.objects.order_by("pk")[0].key).unlink()


def tell() -> dict[str, Any]:
    """What the drill compares."""
    from django.apps import apps  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from campaigns.models import Campaign  # noqa: PLC0415
    from core.audit.models import Entry  # noqa: PLC0415
    from core.files.invariants import digest_of  # noqa: PLC0415
    from core.files.models import StoredFile  # noqa: PLC0415
    from core.jobs.models import Job  # noqa: PLC0415
    from core.notices.models import OutgoingMail  # noqa: PLC0415
    from units.models import Person  # noqa: PLC0415
    from units.services.identity import decipher  # noqa: PLC0415

    living = ("audit.", "accounts.Session", "notices.Notice", "jobs.TickMark")
    return {
        "rows": {
            model._meta.label: model._base_manager.count()
            for model in apps.get_models() if not model._meta.label.startswith(living)
        },
        "theme": Campaign.objects.get().theme,
        "name": User.objects.get(username="chu.viec").full_name,
        "identity": [decipher(person.id_cipher) for person in Person.objects.exclude(id_cipher="").order_by("pk")],
        "files": {stored.key: digest_of(stored.key) == stored.sha256 for stored in StoredFile.objects.order_by("pk")},
        "job": [job.state for job in Job.objects.all()],
        "mail": [mail.state for mail in OutgoingMail.objects.all()],
        "sessions": apps.get_model("accounts.Session").objects.count(),
        "restored": Entry.objects.filter(action="database.restored").count(),
    }  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.stdout.write(json.dumps(globals()[sys.argv[1]]()))
