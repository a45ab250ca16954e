"""Regular tasks, done by whichever worker comes first: no scheduler that could die alone.

A higher room registers its own (schedules, mail). A tick must be short, must not wait for another
machine, and must do no harm if two workers once run it at the same time.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction

from core.clock import real_now
from core.jobs.models import TickMark
from core.registry import Registry

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Tick:
    name: str
    every: Callable[[], float]  # seconds, asked each time so that settings rule
    run: Callable[[], object]


TICKS: Registry[Tick] = Registry("tick")


def register(name: str, *, every: Callable[[], float]) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register the decorated function as a regular task."""

    def enter(run: Callable[[], object]) -> Callable[[], object]:
        TICKS.add(name, Tick(name, every, run))
        return run

    return enter


def run_due() -> list[str]:
    """Run each tick that is due and that no other worker has taken; returns their names."""
    due = due_names()
    return [tick.name for tick in TICKS.values() if tick.name in due and run_one(tick)]


def due_names() -> set[str]:
    """One query where nothing is due, which is nearly always."""
    now = real_now()
    marks = dict(TickMark.objects.values_list("name", "next_at"))
    return {name for name in TICKS if name not in marks or marks[name] <= now}


def run_one(tick: Tick) -> bool:
    """Run `tick` if it can be claimed. Trouble is logged: the other ticks must go on."""
    if not claim(tick):
        return False
    try:
        tick.run()
    except Exception:
        log.exception("The tick %s failed", tick.name)
        return False
    TickMark.objects.filter(name=tick.name).update(finished_at=real_now())
    return True


def claim(tick: Tick) -> bool:
    """Move the due time on; of several workers one changes the row."""
    now = real_now()
    later = {"next_at": now + timedelta(seconds=tick.every()), "started_at": now}
    if TickMark.objects.filter(name=tick.name, next_at__lte=now).update(**later):
        return True
    if TickMark.objects.filter(name=tick.name).exists():
        return False
    try:
        with transaction.atomic():
            TickMark.objects.create(name=tick.name, **later)
    except IntegrityError:
        return False
    return True
