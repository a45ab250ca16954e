"""Where Chromium is: the machine's, else installed by the package manager when root, else Playwright's own."""

import os
import shutil
import subprocess
import sys

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")


class NoBrowserError(RuntimeError):
    """No Chromium could be found or installed."""


def on_path() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def by_package_manager() -> str | None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "-y", "chromium"]):
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    return on_path()


def by_playwright() -> str | None:
    """Playwright's own build; empty path means `its default`."""
    done = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, check=False)
    return "playwright" if done.returncode == 0 else None


def find() -> str:
    """The browser's path, or "playwright" for Playwright's own. Raises NoBrowserError."""
    for source in (on_path, by_package_manager, by_playwright):
        if found := source():
            return found
    raise NoBrowserError("no Chromium on PATH, none by the package manager, none from Playwright")
