"""Finds a Chromium for the browser tests, and fetches one where there is none.

In order: one that is installed, one that Playwright has downloaded before; and when asked to fetch, Playwright's own
download, then the system's package manager. Each candidate has to tell its version: distributions leave stubs on
PATH that do not run. Not for driving the browser: that is conftest.py beside this file.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

# First those without a window, which open a page with two thirds of the work; then those that people have.
NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
# Places that systems without the habit of PATH install into.
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

# What a browser's window brings of its own. The pages behind its address bar cost every new window more than ours does;
# the other names are the driver's own, since of two such lists a browser heeds the last.
WITHOUT = (
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
)

# A container has neither the sandbox's rights nor much shared memory; and a test speaks to no one but its own server.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    f"--disable-features={','.join(WITHOUT)}",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
)

FETCH_SECONDS = 600


class NoChromium(Exception):
    """No browser could be had; the message is one sentence."""

    def __init__(self, tried: str) -> None:
        super().__init__(f"No Chromium for the browser tests ({tried}): install Chromium or Chrome and run this again.")


def runs(browser: str | Path) -> bool:
    """Whether this binary tells its version, as a browser does and a stub does not."""
    try:
        told = subprocess.run([browser, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0


def installed(path: str | None = None) -> Iterator[str]:
    """Every browser on PATH (or on the given search path), then those in well-known places."""
    yield from filter(None, (shutil.which(name, path=path) for name in NAMES))
    yield from (place for place in PLACES if Path(place).exists())


def downloaded() -> Iterator[str]:
    """The browser that Playwright has downloaded, if any. A process of its own asks: pytest may be driving one."""
    question = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    told = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, timeout=60, check=False)
    place = told.stdout.strip()
    if place and Path(place).exists():
        yield place


def find(*sources: Callable[[], Iterable[str]]) -> str | None:
    """The first candidate that runs, of these sources in turn (by default, all of them)."""
    candidates = (browser for source in sources or (installed, downloaded) for browser in source())
    return next(filter(runs, candidates), None)


def succeeds(*command: str) -> bool:
    """Whether a command that may take minutes did its work; it says which, and nothing of what the command says."""
    print(f"No Chromium yet, trying: {Path(command[0]).name} {' '.join(command[1:])}", flush=True)
    try:
        subprocess.run(command, check=True, timeout=FETCH_SECONDS, stdin=subprocess.DEVNULL, capture_output=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def fetch() -> str:
    """Bring a browser onto this machine, or say in one sentence that none can be had."""
    if succeeds(sys.executable, "-m", "playwright", "install", "chromium") and (browser := find(downloaded)):
        return browser
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise NoChromium("none on PATH, no download, and no package manager that this user may use")
    succeeds("apt-get", "update")
    for package in ("chromium-headless-shell", "chromium"):
        succeeds("apt-get", "install", "--yes", "--no-install-recommends", package)
        if browser := find(installed, downloaded):
            return browser
    raise NoChromium("none on PATH, no download, and none from the package manager")


if __name__ == "__main__":
    try:
        print(f"The browser for the tests: {find() or fetch()}")
    except NoChromium as error:
        sys.exit(str(error))
