"""Broker, worker and web under one supervisor: the whole product on one machine."""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import environ
from django.conf import settings
from django.core.management.base import BaseCommand

from config.serve import children
from config.serve.ports import HOST, usable_port
from config.serve.supervisor import Supervisor

LONGEST_SOCKET = 90  # bytes; the operating system allows little more than 100 for a socket's path


class Command(BaseCommand):
    help = "Run broker, worker and web; restart what dies; Ctrl-C stops all of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=HOST, help=f"Address to listen on (default {HOST}).")
        parser.add_argument(
            "--port", default=environ.Env().str("PORT", default="8000"), help="Port (default: PORT, else 8000)."
        )
        parser.add_argument("--banner", default="", help="Lines to print once everything runs.")

    def handle(self, *args: Any, **options: Any) -> None:
        host = options["host"]
        port = usable_port(host, str(options["port"]))
        run_dir = self.run_dir()
        wanted, redis_url = [], settings.REDIS_URL
        binary = None if redis_url else children.valkey_binary()
        if binary:
            broker, redis_url = children.broker(binary, run_dir)
            wanted.append(broker)
        elif not redis_url:
            self.stdout.write("No Redis-protocol server found: jobs travel through a folder.")
        wanted += [children.worker(redis_url), children.web(redis_url, f"{host}:{port}")]
        supervisor = Supervisor(wanted, base=settings.BASE_DIR, logs=settings.VAR_DIR / "log", say=self.tell)
        supervisor.run(lambda: self.tell(f"{options['banner']}\nhttp://{host}:{port}/  (Ctrl-C stops everything)"))

    def tell(self, text: str) -> None:
        self.stdout.write(text.strip())
        self.stdout.flush()

    @staticmethod
    def run_dir() -> Path:
        """Where the broker keeps its data and socket; a deep project folder gets a short socket elsewhere."""
        run_dir: Path = settings.VAR_DIR / "run"
        if len(str(run_dir / "broker.sock").encode()) > LONGEST_SOCKET:
            run_dir = Path(tempfile.mkdtemp(prefix="tdkt-"))
        run_dir.mkdir(parents=True, exist_ok=True)
        return run_dir
