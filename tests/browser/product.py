"""The whole product as people meet it: `manage.py serve` with broker, worker and web, in a folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60.0


def environment(var_dir: Path, **more: str) -> dict[str, str]:
    """Demo mode in `var_dir`, whatever this process's own mode is."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    return {**kept, "MODE": "demo", "VAR_DIR": str(var_dir), **more}


def manage(var_dir: Path, *arguments: str) -> str:
    """Run a management command of the product; returns what it printed. Raises RuntimeError on failure."""
    return manage_in(var_dir, "demo", *arguments)


def manage_in(var_dir: Path, mode: str, *arguments: str) -> str:
    """The same in another mode."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env={**environment(var_dir), "MODE": mode},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)}: {done.stdout}\n{done.stderr}")
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def running(var_dir: Path, **more: str) -> Iterator[str]:
    """The address of the served product, for as long as the block lasts."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = (var_dir / "serve.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)], cwd=ROOT,
        env=environment(var_dir, **more), stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        limit = monotonic() + PATIENCE
        while not answers(address):
            if process.poll() is not None or monotonic() > limit:
                raise RuntimeError(f"The product did not start: {(var_dir / 'serve.log').read_text()[-2000:]}")
            sleep(0.1)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        log.close()
