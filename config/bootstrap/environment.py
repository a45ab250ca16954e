"""Set-up from a bare Python: virtual environment, hashed packages, front-end packages, vendored files.

Runs before anything is installed, so it uses the standard library only and, up to the version check,
only what an old Python understands. Each step says what it does and is skipped while its inputs are
unchanged (a stamp file keeps their checksum).

    python3 config/bootstrap/environment.py runtime     what the demo needs
    python3 config/bootstrap/environment.py dev         what the tests need as well
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
OLDEST = (3, 11)
BEST_EFFORT = {
    "broker": "no private Valkey for this machine: the broker will be a folder (slower, same result)",
    "postgres": "no private PostgreSQL for this machine: the PostgreSQL tests need one on PATH",
}


def stop(problem, remedy):
    """One line: what is missing and how to mend it."""
    sys.exit("%s %s" % (problem, remedy))


def say(text):
    print("· " + text, flush=True)


def checksum(*paths):
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def fresh(name, *inputs):
    """Whether step `name` was already done with exactly these inputs."""
    stamp = VENV / ("stamp-" + name)
    return stamp.exists() and stamp.read_text() == checksum(*inputs)


def done(name, *inputs):
    (VENV / ("stamp-" + name)).write_text(checksum(*inputs))


def run(arguments, **options):
    environment = dict(os.environ, UV_PYTHON_DOWNLOADS="never", UV_NO_PROGRESS="1", **options.pop("extra", {}))
    return subprocess.run([str(a) for a in arguments], cwd=str(ROOT), env=environment, check=False, **options)


def refuse_unwritable(folder, remedy):
    """Stop unless a file can be written to `folder`, which is made where it is missing."""
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=str(folder)):
            pass
    except OSError as error:
        stop("Nothing can be written to %s (%s)." % (folder, error.strerror), remedy)


def refuse_old_python():
    if sys.version_info < OLDEST:
        stop(
            "Python %d.%d is too old." % sys.version_info[:2],
            "Install Python 3.11 or newer, or name it: make PYTHON=python3.12 ...",
        )


def refuse_without_pip():
    """Debian and Ubuntu leave out what a virtual environment needs; Python's own message has many lines."""
    try:
        import ensurepip  # noqa: F401, PLC0415 -- asked for here, not needed
    except ImportError:
        stop(
            "Python cannot create a virtual environment: the module ensurepip is missing.",
            "On Debian or Ubuntu: apt install python%d.%d-venv" % sys.version_info[:2],
        )


def make_venv():
    if PYTHON.exists():
        return
    refuse_without_pip()
    say("Creating the virtual environment .venv")
    if run([sys.executable, "-m", "venv", VENV]).returncode:
        shutil.rmtree(str(VENV), ignore_errors=True)
        stop(
            "Python cannot create a virtual environment; the lines above say why.",
            "Mend that or name another Python: make PYTHON=python3.12 ...",
        )


def install_uv():
    if (BIN / "uv").exists():
        return
    say("Installing the package installer uv")
    if run([PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "uv"]).returncode:
        stop(
            "The package index cannot be reached.",
            "Check the network or pip's settings, then run the command again.",
        )


def install(name):
    """Install requirements/<name>.txt, every file checked against its hash."""
    wanted = ROOT / "requirements" / (name + ".txt")
    if fresh(name, wanted):
        return True
    say("Installing packages: requirements/%s.txt" % name)
    result = run(
        [BIN / "uv", "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", wanted],
        stderr=subprocess.PIPE, universal_newlines=True,
    )  # fmt: skip
    if result.returncode == 0:
        done(name, wanted)
        return True
    if name in BEST_EFFORT:
        print("!! " + BEST_EFFORT[name], flush=True)
        return False
    print(result.stderr, file=sys.stderr)
    stop("Packages could not be installed.", "The lines above say why; mend that and run the command again.")
    return False


def npm():
    """npm of the machine, else of the nodejs wheel installed into the environment."""
    found = shutil.which("npm")
    if found:
        return [found]
    say("No npm on this machine: installing node from the package index")
    install("node")
    return [str(BIN / "npm")]


def front_end():
    lock, vendor = ROOT / "package-lock.json", ROOT / "config" / "bootstrap" / "frontend.py"
    icons, target = ROOT / "static" / "icons.txt", ROOT / "static" / "vendor"
    if fresh("front-end", lock, vendor, icons) and target.exists():
        return
    if not fresh("node-modules", lock) or not (ROOT / "node_modules").exists():
        say("Fetching the front-end packages of package-lock.json")
        path = str(BIN) + os.pathsep + os.environ.get("PATH", "")
        command = [*npm(), "ci", "--ignore-scripts", "--no-progress", "--loglevel=error"]
        if run(command, extra={"PATH": path}).returncode:
            stop(
                "The front-end packages could not be fetched.",
                "Check the network or npm's settings, then run again.",
            )
        done("node-modules", lock)
    say("Copying front-end files into static/vendor")
    if run([PYTHON, vendor]).returncode:
        stop("The front-end files could not be put in place.", "Remove node_modules and run the command again.")
    done("front-end", lock, vendor, icons)


def main(profile):
    refuse_old_python()
    refuse_unwritable(ROOT, "Let your account write there, or put the project into a folder of its own.")
    var_dir = os.environ.get("VAR_DIR") or str(ROOT / "var")
    refuse_unwritable(var_dir, "Let your account write there, or choose another folder: VAR_DIR=/path make demo")
    started = time.monotonic()
    make_venv()
    install_uv()
    install(profile)
    install("broker")
    if profile == "dev":
        install("postgres")
    front_end()
    say("Set-up ready after %.0f s" % (time.monotonic() - started))


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "runtime")
    except KeyboardInterrupt:
        stop("Stopped.", "Run the command again; what is done is kept.")
