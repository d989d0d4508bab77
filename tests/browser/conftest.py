"""The real server and a real browser for the tests beside this file.

A page that logs an error, throws one or fails to load something fails its test, whatever else the test looks at.
Pictures go to test-artifacts/, which is not kept in git. Not for finding the browser: that is chromium.py.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Frame, Page, Request, Response, expect

from tests.browser import chromium
from tests.browser.playground import PATIENCE_MILLISECONDS
from tests.browser.server import ROOT, Server

ARTIFACTS = ROOT / "test-artifacts"

# What is drawn is the same however often, and without a graphics card drawing is most of a test's work.
PICTURES_PER_SECOND = 10

# What is expected to be seen may be long in coming on a busy machine, whichever test waits for it.
expect.set_options(timeout=PATIENCE_MILLISECONDS)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    browser = chromium.find()
    if browser is None:
        pytest.fail(str(chromium.NoChromium("`make test` fetches one where it can")), pytrace=False)
    return {**browser_type_launch_args, "executable_path": browser, "args": list(chromium.ARGUMENTS)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A reader who asks for little motion: a page that they open waits for them to press play."""
    size = {"width": 1280, "height": 720}
    return {**browser_context_args, "viewport": size, "locale": "en-GB", "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def served(built: Path) -> dict[str, str]:
    """What every server here is told: to serve the page as an installed copy has it, in few files, and few pictures."""
    return {
        "NEURON_PLAYGROUND_ASSETS": str(built),
        "NEURON_PLAYGROUND_FRAMES_PER_SECOND": str(PICTURES_PER_SECOND),
    }


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, served: dict[str, str]) -> Iterator[Server]:
    """One for all tests of this folder that need none of their own: the console command."""
    with Server(tmp_path_factory.mktemp("server") / "log.txt", **served) as running:
        yield running


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    return server.address


class Trouble:
    """Everything a page complained about; a test that provokes a complaint says so beforehand."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.expected: list[str] = []
        self.visits = 0
        self._leaves = False
        """Whether another page is asked for, and the one at hand still goes on."""
        self._asked: dict[Request, int] = {}
        """Every request, and the visit that it belongs to."""
        self._aborted: list[tuple[Page, str]] = []
        """What a browser gave up, without a reason unless the test closed the page."""

    def expect(self, part: str) -> None:
        self.expected.append(part)

    def watch(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", self._thrown)
        page.on("request", self._sent)
        page.on("framenavigated", self._arrived)
        page.on("requestfailed", lambda request: self._failed(page, request))
        page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console {message.type}: {message.text}")

    def _thrown(self, error: Error) -> None:
        self.complaints.append(f"thrown: {error}")

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400:
            self.complaints.append(f"{answer.status}: {answer.url}")

    def _sent(self, request: Request) -> None:
        if request.is_navigation_request():
            self.visits += 1
            self._leaves = True
        # Until the other page is there, what is asked for is asked for by the one that is left.
        self._asked[request] = self.visits - self._leaves

    def _arrived(self, _: Frame) -> None:
        self._leaves = False

    def _failed(self, page: Page, request: Request) -> None:
        # The page itself asked for something newer, as a picture of another link or of a table, before this one came;
        # or the reader went on to another page.
        newer = request.resource_type == "image" or request.url.endswith("/api/points")
        left = self._asked.get(request, 0) < self.visits
        said = f"failed: {request.url} {request.failure}"
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(said)
        elif not (newer or left):
            self._aborted.append((page, said))

    def unexpected(self) -> list[str]:
        aborted = [said for page, said in self._aborted if not page.is_closed()]
        return [said for said in self.complaints + aborted if not any(part in said for part in self.expected)]


@pytest.fixture
def trouble() -> Trouble:
    return Trouble()


@pytest.fixture
def page(context: BrowserContext, trouble: Trouble) -> Iterator[Page]:
    opened = context.new_page()
    trouble.watch(opened)
    yield opened
    assert trouble.unexpected() == []


@pytest.fixture
def photograph(page: Page, request: pytest.FixtureRequest) -> Callable[[str], Path]:
    """Keeps a picture of the page as a person would see it now: photograph("learnt")."""

    def take(name: str) -> Path:
        picture = ARTIFACTS / f"{request.node.name.split('[')[0]}-{name}.png"
        page.screenshot(path=picture)
        return picture

    return take
