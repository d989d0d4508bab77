"""What a visit costs: bytes and requests of the first one and of each panel that is fetched later, and the time to the
first surface, in a real Chromium on loopback, over a slow line and as on a phone; TensorFlow Playground's beside.
And how soon the page answers while its largest network trains (`interactions`).

Run by `make bench-page`; `SAVE=1` writes docs/reference/benchmarks-page.md. The bound on the bytes is a test
(tests/assets/test_build.py). Not here: how fast it goes on (`live`).
"""

import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright  # noqa: E402

import hatch_build  # noqa: E402
from tests.bench import tensorflow_playground  # noqa: E402
from tests.bench.interactions import ROUNDS as GESTURE_ROUNDS  # noqa: E402
from tests.bench.interactions import interactions, long_tasks  # noqa: E402
from tests.bench.report import REFERENCE, publish  # noqa: E402
from tests.bench.slow_line import SlowLine  # noqa: E402
from tests.bench.timing import table  # noqa: E402
from tests.browser import chromium  # noqa: E402
from tests.browser.server import Server  # noqa: E402

ROUNDS = 7
AWAY = "away.localhost"
"""A name of this machine that the page does not know as such: its frames are compressed, as for everybody far away."""
SLOW_BYTES_PER_SECOND, SLOW_ROUND_TRIP_SECONDS, SLOW_CPU = 1_600_000 / 8, 0.15, 4

LINE = f"{SLOW_BYTES_PER_SECOND * 8 / 1e6:.1f} Mbit/s and a round trip of {SLOW_ROUND_TRIP_SECONDS * 1000:.0f} ms"

INTRODUCTION = f"""# The page, from the address to the first surface

What `make bench-page` printed last (`make bench-page SAVE=1` writes this page): a real Chromium without a cache opens
the page as an installed copy serves it. Bytes are those on the wire, headers included; "contents" are without them.
Browsers take brotli over HTTPS and on loopback, and gzip else: both are given. The slow line is a proxy of our own that
requests and the live socket share, under a name as of a server far away, with
{LINE}; a connection costs a round trip, encryption
none. Where it is said, the browser's CPU is {SLOW_CPU} times slower. Server and browser share the machine.

The first surface is there when the network's loss is written, which is in the same frame; from then on everything can
be pressed. Times are medians of {ROUNDS} visits, each in a profile of its own, by turns with TensorFlow Playground's:
that one is what its own site serves, with gzip, without its analytics and the fonts that it fetches elsewhere.

Interactions are what Chromium's Event Timing tells, in steps of 8 ms: from the input to the picture after it, the
longest of a gesture and what undoes it, in each of {GESTURE_ROUNDS} rounds. Meanwhile six layers of 16
quadratic units train at 30 epochs a second."""

FIRST_SURFACE = """
const look = () => {
  const loss = document.querySelector("[data-testid=loss-train], #loss-train");
  if (loss && /\\d/.test(loss.textContent)) window.firstSurface = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""

PANELS: dict[str, tuple[str, str]] = {
    "neuron cards": ("neuron-all", "[data-testid=card-kan] .card-count:not(:empty)"),
    "layer by layer": ("lens", "[data-testid=lens-train-0]:not(:empty)"),
    "inspector": ("inspect-output", ".inspector:not([hidden])"),
    "share": ("share", "[data-testid=share-link]"),
    "export": ("export", "[data-testid=export-model]"),
    "table of points": ("table", "dialog.table[open]"),
    "own points": ("dataset-own", "[data-testid=draw-class-0]"),
    "confusion matrix": ("tab-confusion", "[data-testid=confusion] td"),
    "help": ("help", "[data-testid=bubble]:not([hidden])"),
}
"""What is pressed, and what is then seen."""


@dataclass
class Traffic:
    """What the browser has fetched, by address."""

    kinds: dict[str, str] = field(default_factory=dict)
    wire: dict[str, int] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)

    def listen(self, session: CDPSession) -> None:
        """Count from now on."""
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": False})
        session.on("Network.responseReceived", self._responded)
        session.on("Network.loadingFinished", self._finished)

    def _responded(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = event["type"]
        self.heads[event["requestId"]] = int(event["response"]["encodedDataLength"])

    def _finished(self, event: dict[str, Any]) -> None:
        self.wire[event["requestId"]] = int(event["encodedDataLength"])

    @property
    def requests(self) -> int:
        """How many there were."""
        return len(self.wire)

    @property
    def total(self) -> int:
        """Bytes on the wire."""
        return sum(self.wire.values())

    @property
    def contents(self) -> int:
        """Bytes without headers."""
        return sum(wire - min(wire, self.heads.get(key, 0)) for key, wire in self.wire.items())

    def by_kind(self) -> dict[str, tuple[int, int]]:
        """Requests and bytes on the wire of each kind."""
        kinds: dict[str, tuple[int, int]] = {}
        for key, wire in self.wire.items():
            count, weight = kinds.get(self.kinds.get(key, "Other"), (0, 0))
            kinds[self.kinds.get(key, "Other")] = (count + 1, weight + wire)
        return kinds


@contextmanager
def visit(browser: Browser, address: str, *, cpu: int = 1, gzip: bool = False) -> Iterator[tuple[Page, Traffic]]:
    """A first visit, until its first surface shows."""
    headers = {"Accept-Encoding": "gzip, deflate"} if gzip else None
    context = browser.new_context(
        viewport={"width": 1280, "height": 720}, locale="en-GB", extra_http_headers=headers or {}
    )
    page = context.new_page()
    page.add_init_script(FIRST_SURFACE)
    session = context.new_cdp_session(page)
    traffic = Traffic()
    traffic.listen(session)
    session.send("Emulation.setCPUThrottlingRate", {"rate": cpu})
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.firstSurface", polling=100)
    yield page, traffic
    context.close()


def milliseconds(browser: Browser, *addresses: str, cpu: int = 1) -> list[float]:
    """To the first surface of each: medians over first visits, made by turns."""
    times: dict[str, list[float]] = {address: [] for address in addresses}
    for _ in range(ROUNDS):
        for address, found in times.items():
            with visit(browser, address, cpu=cpu) as (page, _):
                found.append(float(page.evaluate("window.firstSurface")))
    return [statistics.median(found) for found in times.values()]


def settled(page: Page, traffic: Traffic) -> int:
    """Wait until nothing more is fetched, and tell how many requests there were."""
    page.wait_for_load_state("networkidle")
    return traffic.requests


def weights(browser: Browser, address: str) -> str:
    """The table of the first visit."""
    rows: list[tuple[object, ...]] = []
    for name, gzip in (("brotli", False), ("gzip", True)):
        with visit(browser, address, gzip=gzip) as (page, traffic):
            settled(page, traffic)
            rows.append((f"**{name}**", traffic.requests, traffic.contents / 1000, traffic.total / 1000))
            if not gzip:
                kinds = sorted(traffic.by_kind().items(), key=lambda item: -item[1][1])
                rows += [(kind, count, "", weight / 1000) for kind, (count, weight) in kinds]
    return table("A first visit", ("", "requests", "contents, kB", "on the wire, kB"), rows)


def panels(browser: Browser, address: str, slow: str) -> str:
    """The table of what is fetched later, each as the first that is opened."""
    rows = []
    for name, (button, seen) in PANELS.items():
        with visit(browser, address) as (page, traffic):
            before, requests = traffic.total, settled(page, traffic)
            before = traffic.total
            page.get_by_test_id(button).click()
            page.wait_for_selector(seen)
            settled(page, traffic)
            cost = (traffic.requests - requests, (traffic.total - before) / 1000)
        with visit(browser, slow, cpu=SLOW_CPU) as (page, _):
            begun = page.evaluate("performance.now()")
            page.get_by_test_id(button).click()
            page.wait_for_selector(seen)
            rows.append((name, *cost, float(page.evaluate("performance.now()")) - begun))
    return table(
        "What is fetched later, when it is the first to be opened",
        ("panel", "requests", "on the wire, kB", "slow line and CPU, ms"),
        rows,
    )


def times(browser: Browser, ports: list[int], slow_ports: list[int]) -> str:
    """The table of times to the first surface: ours, and the other's where there is one."""
    near = [f"http://127.0.0.1:{port}" for port in ports]
    far = [f"http://{AWAY}:{port}" for port in slow_ports]
    rows = [
        ("loopback", *milliseconds(browser, *near)),
        (f"loopback, CPU {SLOW_CPU} times slower", *milliseconds(browser, *near, cpu=SLOW_CPU)),
        ("slow line", *milliseconds(browser, *far)),
        (f"slow line, CPU {SLOW_CPU} times slower", *milliseconds(browser, *far, cpu=SLOW_CPU)),
    ]
    names = ("ms", "TensorFlow Playground, ms")[: len(ports)]
    text = table("To the first surface", ("", *names), rows)
    return text if len(ports) > 1 else f"{text}\n\n{tensorflow_playground.ABSENT}"


def measure() -> Iterator[str]:
    """The tables of this benchmark, one after the other."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        hatch_build.build(str(folder / "assets"))
        settings = {"ASSETS": str(folder / "assets"), "HOSTS": "1", "NAMES": "*"}
        server = stack.enter_context(
            Server(folder / "log", **{f"NEURON_PLAYGROUND_{name}": value for name, value in settings.items()})
        )
        ports = [server.port]
        if built := tensorflow_playground.folder():
            ports.append(stack.enter_context(tensorflow_playground.StaticPage(built)).port)
        slow = [
            stack.enter_context(SlowLine(port, SLOW_BYTES_PER_SECOND, SLOW_ROUND_TRIP_SECONDS)).port for port in ports
        ]
        playwright = stack.enter_context(sync_playwright())
        found = chromium.find()
        assert found is not None, "no Chromium: `make test` fetches one"
        # Nothing is asked of machines elsewhere, nor waited for.
        alone = f"--host-resolver-rules=MAP {AWAY} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        browser = playwright.chromium.launch(executable_path=found, args=[*chromium.ARGUMENTS, alone])
        yield weights(browser, server.address)
        yield times(browser, ports, slow)
        yield panels(browser, server.address, f"http://{AWAY}:{slow[0]}")
        yield interactions(browser, server.address)
        yield long_tasks(browser, server.address)
        browser.close()


if __name__ == "__main__":
    publish(INTRODUCTION, measure(), REFERENCE / "benchmarks-page.md" if "--save" in sys.argv[1:] else None)
