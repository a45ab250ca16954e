"""The supervisor with real processes: order, restart with back-off, one signal stops all."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from config.serve import supervisor
from config.serve.children import Child, broker, valkey_binary
from config.serve.supervisor import LONGEST_WAIT, Running

ROOT = Path(__file__).resolve().parent.parent.parent


def child(name: str, code: str) -> Child:
    return Child(name, [sys.executable, "-c", code])


def test_back_off_doubles_and_is_forgotten_after_a_steady_life(tmp_path, monkeypatch):
    running = Running(child("web", "raise SystemExit"), tmp_path, tmp_path)
    clock = [1000.0]
    monkeypatch.setattr(supervisor.time, "monotonic", lambda: clock[0])
    waits = []
    for _ in range(7):
        running.started = clock[0]
        waits.append(running.plan_restart())
    assert waits == [1, 2, 4, 8, 16, LONGEST_WAIT, LONGEST_WAIT]
    running.started = clock[0] - supervisor.STEADY_AFTER - 1
    assert running.plan_restart() == 1


PROGRAM = textwrap.dedent("""
    import sys
    from pathlib import Path
    from config.serve.children import Child
    from config.serve.supervisor import Supervisor

    folder = Path(sys.argv[1])
    dies = "import sys; open(sys.argv[1], 'a').write('x')"
    stays = "import signal; signal.pause()"
    children = [Child("broker", [sys.executable, "-c", stays]),
                Child("worker", [sys.executable, "-c", dies, str(folder / "deaths")])]
    watch = Supervisor(children, base=folder, logs=folder / "log", say=lambda text: print(text, flush=True))
    watch.run(lambda: print("ready", *[c.process.pid for c in watch.children], flush=True))
""")


def test_a_dead_child_is_started_again_and_one_signal_stops_everything(tmp_path):
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    lines = iter(program.stdout.readline, "")
    ready = next(line for line in lines if line.startswith("ready"))
    broker_pid = int(ready.split()[1])
    # Two reports of a death mean that the child was started a second time in between.
    deaths = [line for line, _ in zip((x for x in lines if "worker stopped" in x), range(2), strict=False)]
    assert len(deaths) == 2
    assert (tmp_path / "deaths").read_text().startswith("xx")
    program.send_signal(signal.SIGTERM)
    program.stdout.read()
    assert program.wait(timeout=30) == 0
    program.stdout.close()
    with pytest.raises(ProcessLookupError):
        os.kill(broker_pid, 0)


def test_broker_keeps_its_data_and_listens_on_a_socket_only(tmp_path):
    made, address = broker("/usr/bin/valkey-server", tmp_path)
    words = " ".join(made.command)
    assert "--port 0" in words
    assert "--appendonly yes" in words
    assert "--maxmemory-policy noeviction" in words
    assert address == f"redis+socket://{tmp_path}/broker.sock"
    assert made.ready == tmp_path / "broker.sock"


def test_a_server_binary_is_found_or_none():
    found = valkey_binary()
    assert found is None or os.access(found, os.X_OK)
