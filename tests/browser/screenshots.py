"""Pictures of the page in every state and view, for looking at: `make screenshots`, into test-artifacts/screenshots/.

Every state at the size of a laptop, light and dark, English and Chinese; the states that matter most in every window.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.browser.server import ROOT, Server
from tests.browser.states import STATES, VIEWS, opened

FOLDER = ROOT / "test-artifacts" / "screenshots"
EVERYWHERE = ("first-visit", "ready", "trained", "inspector", "lens", "drawing")
"""States that are taken in every view; the others in the first four."""


def wanted(pattern: str) -> Iterator[tuple[str, str]]:
    """State and view of every picture whose name `state-view` holds `pattern`."""
    for state in STATES:
        for index, view in enumerate(VIEWS):
            if (index < 4 or state in EVERYWHERE) and pattern in f"{state}-{view}":
                yield state, view


def take(browser: Browser, address: str, state: str, view: str) -> Path:
    """The picture of one state in one view, stacked pages in their whole length."""
    context, page = opened(browser, address, state, VIEWS[view])
    path = FOLDER / f"{state}-{view}.png"
    page.screenshot(path=path, full_page=VIEWS[view].width < 900 and state == "ready")
    context.close()
    return path


def main(arguments: list[str]) -> int:
    """Take them, naming each; 0 where all were taken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="?", default="", help="a part of the pictures' names, as lens-dark")
    only = parser.parse_args(arguments).only
    browser_path = chromium.find()
    if browser_path is None:
        sys.stderr.write(f"{chromium.NoChromium('nothing was found')}\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    log = Path(tempfile.mkdtemp()) / "log.txt"
    with Server(log) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(chromium.ARGUMENTS))
        for state, view in wanted(only):
            print(take(browser, server.address, state, view).relative_to(ROOT), flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
