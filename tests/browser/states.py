"""The states that a reader may find the page in, each by its name and how one comes there.

For looking at them (`make screenshots`) and for testing that everyone can use them (test_states.py). Not for asserting.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute

from app.errors import Busy as BusyError
from app.live.events import Busy, encode
from nncore.sentence import Sentence
from tests.browser.playground import Playground


class View(NamedTuple):
    """A window and its reader's wishes."""

    width: int
    height: int
    dark: bool = False
    locale: str = "en-GB"
    touch: bool = False


VIEWS = {
    "laptop": View(1280, 720),
    "dark": View(1280, 720, dark=True),
    "chinese": View(1280, 720, locale="zh-CN"),
    "chinese-dark": View(1280, 720, dark=True, locale="zh-CN"),
    "phone": View(375, 812, touch=True),
    "small-phone": View(320, 640, touch=True),
    "tablet": View(768, 1024, touch=True),
    "projector": View(1024, 768),
    "large": View(1920, 1080),
    "4k": View(3840, 2160),
}


def _first_visit(playground: Playground) -> None:
    playground.part("remedy").wait_for()
    playground.wait_for_epoch("> 50")


def _ready(playground: Playground) -> None:
    """As it is after opening."""


def _playing(playground: Playground) -> None:
    playground.choose(speed="30")
    playground.play()
    playground.wait_for_epoch("> 20")


def _trained(playground: Playground) -> None:
    playground.wait_for("accuracy-train", "n > 95")


def _hover(playground: Playground) -> None:
    _trained(playground)
    playground.part("unit-1-3").hover()
    playground.wait_for_text("status", ".")


def _inspector(playground: Playground) -> None:
    _trained(playground)
    playground.press("unit-0-2")
    playground.part("weight-0").wait_for()


def _lens(playground: Playground) -> None:
    _trained(playground)
    playground.press("lens")
    playground.wait_for_text("lens-sentence", r"\d")


def _enlarged(playground: Playground) -> None:
    _lens(playground)
    playground.press("lens-space", "lens-space-1")
    playground.wait_for_text("lens-large-sentence", r"\d")


def _landscape(playground: Playground) -> None:
    _trained(playground)
    playground.page.locator(".output-neuron summary").click()
    playground.press("landscape")
    playground.wait_for_text("landscape-sentence", r"\d\.\d")


def _explore(playground: Playground) -> None:
    playground.press("explore")
    playground.page.locator(".explore a[title]").first.wait_for()


def _forest(playground: Playground) -> None:
    playground.choose(family="forest")
    playground.press("play")
    playground.wait_for_text("forest-size", "answers|答案")
    playground.press("lens")
    playground.wait_for_text("lens-sentence", r"\d")


def _cards(playground: Playground) -> None:
    playground.press("neuron-all")
    playground.part("card-quadratic").wait_for()


def _drawing(playground: Playground) -> None:
    playground.press("dataset-own", "draw-brush")
    playground.part("output").scroll_into_view_if_needed()


def _table(playground: Playground) -> None:
    playground.press("dataset-own", "table")
    playground.part("table-text").fill("x,y,label\n1,2,a\n1,oops,b\n")
    playground.press("table-use")
    playground.wait_for_text("table-problem", ".")


def _columns(playground: Playground) -> None:
    """A table of which nobody can tell what is x and y."""
    rows = "".join(
        f"{n},{5 + n % 9 / 4},{3 + n % 7 / 5},{1 + n % 5},{'?' if n == 2 else n % 3},kind {n % 3}\n" for n in range(40)
    )
    playground.press("table")
    playground.part("table-text").fill(
        f"id,sepal length (cm),sepal width (cm),petal length (cm),petal width (cm),species\n{rows}"
    )
    playground.press("table-use")
    playground.wait_for_text("table-question", ".")


def _eight_classes(playground: Playground) -> None:
    rows = "".join(
        f"{n % 8 % 4 + n % 5 / 9:.2f},{n % 8 // 4 + n % 7 / 9:.2f},a long name of class {n % 8}\n" for n in range(160)
    )
    playground.press("table")
    playground.part("table-text").fill(f"length,width,kind\n{rows}")
    playground.press("table-use")
    playground.part("table-text").wait_for(state="hidden")
    playground.press("tab-confusion")


def _confusion(playground: Playground) -> None:
    _trained(playground)
    playground.press("tab-confusion")


def _back(playground: Playground) -> None:
    playground.play()
    playground.wait_for_epoch("> 300")
    playground.pause()
    playground.part("time").fill("2")


def _diverged(playground: Playground) -> None:
    playground.choose(neuron_all="polynomial", activation_all="identity", optimizer="sgd")
    playground.wait_for_setting("learning-rate", "n !== 0.01")
    playground.drag_to_end("learning-rate")
    playground.wait_for_setting("learning-rate", "n >= 10")
    playground.press("play")
    playground.part("remedy").first.wait_for()


def _more(playground: Playground) -> None:
    playground.press("more")


def _export(playground: Playground) -> None:
    playground.press("export")


def _share(playground: Playground) -> None:
    _trained(playground)
    playground.press("share")
    playground.page.locator("[data-testid=copy-training]:enabled").wait_for()
    playground.part("share-code").wait_for()


def _help(playground: Playground) -> None:
    playground.press("help")
    playground.part("unit-0-1").hover()


def _reconnecting(playground: Playground) -> None:
    _playing(playground)
    playground.page.evaluate("window.cutWire()")
    playground.page.locator("[data-tone=warn]").wait_for()


def _busy(playground: Playground) -> None:
    playground.page.locator("[data-tone=warn]").wait_for()
    playground.part("full-house").wait_for()


STATES: dict[str, Callable[[Playground], None]] = {
    "first-visit": _first_visit,
    "ready": _ready,
    "playing": _playing,
    "trained": _trained,
    "hover": _hover,
    "inspector": _inspector,
    "lens": _lens,
    "enlarged": _enlarged,
    "landscape": _landscape,
    "explore": _explore,
    "forest": _forest,
    "cards": _cards,
    "drawing": _drawing,
    "table": _table,
    "columns": _columns,
    "eight-classes": _eight_classes,
    "confusion": _confusion,
    "back": _back,
    "diverged": _diverged,
    "more": _more,
    "export": _export,
    "share": _share,
    "help": _help,
    "reconnecting": _reconnecting,
    "busy": _busy,
}

TRAINED = {"trained", "hover", "inspector", "lens", "enlarged", "landscape", "confusion", "share"}
"""States of a network that has been trained: a link brings it, soon."""
TRAINED_LINK = "?data=circles&epochs=60"

_FULL = Sentence("say.busy_full", "The server is full ({places} {places:place|places}).")


def opened(browser: Browser, address: str, state: str, view: View) -> tuple[BrowserContext, Page]:
    """A page of its own in this state; close the context when done with it."""
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height},
        color_scheme="dark" if view.dark else "light",
        locale=view.locale,
        has_touch=view.touch,
        reduced_motion="no-preference" if state == "first-visit" else "reduce",
    )
    page = context.new_page()
    if state == "busy":
        page.route_web_socket("**/live", _say_busy)
        STATES[state](Playground(page, address, begins=False))
    else:
        ends: list[WebSocketRoute] = []
        if state == "reconnecting":
            page.route_web_socket("**/live", lambda client: _cuttable(client, ends))
            page.expose_function("cutWire", partial(_cut, ends))
        STATES[state](Playground(page, f"{address}/{TRAINED_LINK}" if state in TRAINED else address))
    return context, page


def _say_busy(client: WebSocketRoute) -> None:
    client.on_message(lambda _: client.send(encode(Busy.of(BusyError(_FULL, 30.0, places=400)))))


def _cut(ends: list[WebSocketRoute]) -> None:
    for end in ends:
        end.close(code=3000)


def _cuttable(client: WebSocketRoute, ends: list[WebSocketRoute]) -> None:
    """The first connection works until it is cut; no other ever does."""
    if ends:
        client.close(code=3000)
        return
    ends.append(client)
    client.connect_to_server()
