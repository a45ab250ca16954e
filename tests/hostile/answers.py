"""What a bad input must leave untouched, and where on the page the answer stands."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from lxml import html

MOST_SECONDS = 5
MOST_MEGABYTES = 256
# Who is at work and since when is kept with every request, whatever it asks for.
NOT_COUNTED = frozenset({"django_migrations", "accounts_session"})


def fingerprint() -> dict[str, tuple[int, str]]:
    """Rows and checksum of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - NOT_COUNTED):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(map(repr, cursor.fetchall()))
            found[table] = (len(rows), hashlib.sha256("\n".join(rows).encode("utf-8", "replace")).hexdigest())
    return found


def status_line(name: str) -> float:
    """A size of this process in megabytes, as the kernel tells it."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024


@contextmanager
def within_bounds() -> Iterator[None]:
    """Processor time, as the machine may be busy with others, and the peak of memory over what was in use."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
    before, began = status_line("VmRSS"), time.process_time()
    yield
    assert time.process_time() - began < MOST_SECONDS
    assert status_line("VmHWM") - before < MOST_MEGABYTES


class Page:
    """An answer as its reader sees it."""

    def __init__(self, response: Any) -> None:
        self.source: str = response.content.decode()
        self.tree = html.document_fromstring(self.source)
        self.text = " ".join(self.tree.text_content().split())

    def message_at(self, field: str) -> str:
        """The message that stands at a field; above the form for the field ``__all__``."""
        place = (
            f"//*[@id='id_{field}_error']"
            if field != "__all__"
            else "//*[contains(@class, 'error-summary')]//li[not(a)]"
        )
        return " ".join(" ".join(found.text_content().split()) for found in self.tree.xpath(place))

    def typed(self, name: str) -> list[str]:
        """What the controls of that name hold."""
        held: list[str] = []
        for control in self.tree.xpath("//*[@name=$name]", name=name):
            if control.tag == "select":
                held += control.xpath(".//option[@selected]/@value")
            elif control.tag == "textarea":
                held.append((control.text or "").removeprefix("\n"))
            elif control.get("type") not in ("radio", "checkbox") or control.get("checked") is not None:
                held.append(control.get("value", ""))
        return held
