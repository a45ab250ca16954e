"""`/healthz`: the process answers. `/readyz`: everything it leans on does, each check by name."""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from kombu.exceptions import OperationalError

from config.celery import app
from core import audit, jobs

LEAST_DISK = 200 * 1024 * 1024
OLDEST_QUEUED = 300
OLDEST_TICK = 120
MOST_UNSEALED = 1000
Check = tuple[bool, object]


def database() -> Check:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True, connection.vendor


def migrations() -> Check:
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return missing == 0, missing


def disk() -> Check:
    free = shutil.disk_usage(settings.VAR_DIR).free
    return free > LEAST_DISK, free


def broker() -> Check:
    try:
        with app.connection_for_write(connect_timeout=1) as link:
            link.ensure_connection(max_retries=1, timeout=2)
    except (OperationalError, OSError) as error:
        return False, type(error).__name__
    return True, "reachable"


def oldest_queued_job() -> Check:
    age = jobs.health()["oldest_queued_seconds"]
    return age is None or age < OLDEST_QUEUED, age


def worker_tick() -> Check:
    age = jobs.health()["last_tick_seconds"]
    return age is not None and age < OLDEST_TICK, age


def unsealed_audit() -> Check:
    count = audit.unsealed_count()
    return count < MOST_UNSEALED, count


CHECKS: tuple[Callable[[], Check], ...] = (
    database, migrations, disk, broker, oldest_queued_job, worker_tick, unsealed_audit,
)  # fmt: skip


@login_not_required
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    results: dict[str, dict[str, object]] = {}
    for check in CHECKS:
        try:
            ok, detail = check()
        except (DatabaseError, OSError) as error:
            ok, detail = False, type(error).__name__
        results[check.__name__] = {"ok": ok, "detail": detail}
    ready = all(result["ok"] for result in results.values())
    return JsonResponse({"ready": ready, "checks": results}, status=200 if ready else 503)


app_name = "health"
urlpatterns = [path("healthz", healthz, name="healthz"), path("readyz", readyz, name="readyz")]
