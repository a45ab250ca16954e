"""The ticking thread of each Celery worker, in its main process, whatever the pool."""

import logging
import threading
from typing import Any

from celery.signals import worker_init, worker_ready, worker_shutting_down
from django.conf import settings
from django.db import connections

from core.jobs import bell, tick

log = logging.getLogger(__name__)


class Ticker:
    """Looks for due ticks a few times within their interval until told to stop."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.live, name="ticker", daemon=True)

    def live(self) -> None:
        while not self.over.is_set():
            self.look()
            self.over.wait(settings.JOB_REAPER_SECONDS / 3)

    def look(self) -> None:
        try:
            tick.run_due()
        except Exception:
            # The database may be away; a thread that dies here would leave lost jobs lying for ever.
            log.exception("The ticks could not be looked at")
        finally:
            # No connection is kept: the prefork pool may fork at any moment.
            connections.close_all()


_tickers: list[Ticker] = []


def start(**_kwargs: Any) -> None:
    ticker = Ticker()
    _tickers.append(ticker)
    ticker.thread.start()


def stop(**_kwargs: Any) -> None:
    while _tickers:
        _tickers.pop().over.set()


def connect() -> None:
    """Hang the ticker on the worker's life."""
    worker_init.connect(prepare, dispatch_uid="core.jobs.prepare")
    worker_ready.connect(start, dispatch_uid="core.jobs.ticker")
    worker_shutting_down.connect(stop, dispatch_uid="core.jobs.ticker")


def prepare(**_kwargs: Any) -> None:
    bell.prepare_folders()
