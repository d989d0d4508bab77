"""The page as a person uses it: what can be pressed, chosen and dragged, and what can be seen.

Tests speak of the page through this and never of its markup, beyond the names that both agree on (data-testid).
Waiting is for a state to come, never for a time to pass. Nothing is asserted here.
"""

from collections.abc import Iterable

from playwright.sync_api import Locator, Page, expect

from nncore.plane import MARGIN
from tests.browser.wire import Wire

# Two cores may be training, painting and drawing at once: longer than any healthy wait, shorter than a test may take.
PATIENCE_MILLISECONDS = 60_000

# Asked with every picture of the screen, a page that waits would paint for the question alone.
POLL_MILLISECONDS = 30

# A canvas is told from another by its pixels; a blank one has no colour at all. Pixels are counted on a copy: reading
# them from the page's own canvas again and again would make the browser warn, and draw, differently.
_PICTURES = """names => new Promise((resolve) => {
  const take = () => resolve(names.map(name => document.querySelector(`[data-testid=${name}]`).toDataURL()));
  requestAnimationFrame(() => requestAnimationFrame(take));
})"""
_COLOURS = """canvas => {
  if (canvas.width * canvas.height === 0) return 0;
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer).filter((_, pixel) => data[pixel * 4 + 3] > 0)).size;
}"""

_NAMES = "all => all.map(one => one.dataset.testid)"

# None for what is not there to be seen.
_BOXES = """names => names.map(name => {
  const part = document.querySelector(`[data-testid=${name}]`);
  if (!part?.checkVisibility({ visibilityProperty: true })) return null;
  const { x, y, width, height } = part.getBoundingClientRect();
  return { x, y, width, height };
})"""

# Every text that a counter has shown since it was watched, in order.
_WATCH = """element => {
  window.shown = [element.textContent];
  new MutationObserver(() => window.shown.push(element.textContent)).observe(
    element, { childList: true, characterData: true, subtree: true });
}"""


def number(text: str) -> float:
    """A number as the page writes it, thousands set apart and per cent signs included."""
    return float(text.replace(",", "").removesuffix("%"))


class Playground:
    def __init__(self, page: Page, address: str, wire: Wire | None = None, *, begins: bool = True) -> None:
        """Opens the page and waits for its first numbers, unless it is one that never `begins`."""
        self.page = page
        self.wire = wire or Wire(page)
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        page.goto(address)
        if begins:
            self.wait_for_text("loss-train", r"\d")

    def part(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)

    # What a person does.

    def press(self, *names: str) -> None:
        for name in names:
            self.part(name).click()

    def play(self) -> None:
        self.press("play")
        self.wait_until_playing()

    def pause(self) -> int:
        """Pause, wait until the last frame shows, and give its epoch."""
        rests = self.wire.rests
        self.press("play")
        self.wait_until_playing(False)
        while self.wire.rests == rests:
            self.page.wait_for_timeout(10)
        self.wait_for_epoch(f"=== {self.wire.frame['epoch']}")
        return self.epoch()

    def choose(self, **menus: str) -> None:
        """choose(neuron_all="quadratic"): menus by name, underscores for hyphens."""
        for name, value in menus.items():
            menu = self.part(name.replace("_", "-"))
            if self._is_picker(menu):
                menu.click()
                self.part(f"card-{value}").click()
            else:
                menu.select_option(value)

    def drag(self, **sliders: float) -> None:
        """drag(depth=2): sliders by name, to this position."""
        for name, position in sliders.items():
            self.part(name.replace("_", "-")).fill(str(position))

    def draw(self, *places: tuple[float, float]) -> None:
        """A click on the output at each place of the square, x and y from -1 to 1, with the tool that is chosen."""
        for x, y in self.on_output(*places):
            self.page.mouse.click(x, y)

    def stroke(self, *places: tuple[float, float]) -> None:
        """A press on the output, dragged through each place of the square."""
        for index, (x, y) in enumerate(self.on_output(*places)):
            self.page.mouse.move(x, y)
            if index == 0:
                self.page.mouse.down()
        self.page.mouse.up()

    def on_output(self, *places: tuple[float, float]) -> list[tuple[float, float]]:
        """Where on the screen places of the square are, x and y from -1 to 1."""
        box = self.part("output").bounding_box()
        assert box is not None
        return [
            (box["x"] + box["width"] * (1 + x / MARGIN) / 2, box["y"] + box["height"] * (1 - y / MARGIN) / 2)
            for x, y in places
        ]

    def drag_to_end(self, name: str) -> None:
        self.part(name).focus()
        self.page.keyboard.press("End")
        expect(self.part(name)).to_have_value(self.part(name).get_attribute("max") or "")

    def tab_to(self, name: str) -> None:
        """Reach a control by the Tab key alone."""
        for _ in range(200):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement?.dataset.testid") == name:
                return
        raise AssertionError(f"the Tab key never reaches {name}")

    @staticmethod
    def _is_picker(menu: Locator) -> bool:
        """Kinds of neurons are chosen from cards, all else from a menu of the browser's own."""
        return menu.get_attribute("aria-haspopup") == "dialog"

    # What a person sees.

    def text(self, name: str) -> str:
        return self.part(name).inner_text().strip()

    def offers(self, menu: str) -> list[str]:
        """What a menu offers, from the one after what it shows now, round to that one."""
        part = self.part(menu)
        if self._is_picker(part):
            part.click()
            self.part("picker").wait_for()
            cards = self.page.locator("[data-testid^=card-]")
            values = [str(name).removeprefix("card-") for name in cards.evaluate_all(_NAMES)]
            self.page.keyboard.press("Escape")
        else:
            values = part.locator("option:not([hidden])").evaluate_all("all => all.map(one => one.value)")
        now = values.index(self.chosen(menu)) + 1
        return values[now:] + values[:now]

    def chosen(self, menu: str) -> str:
        """What a menu shows now, by the name that the server knows."""
        return str(self.part(menu).evaluate("menu => menu.value"))

    def datasets(self) -> list[str]:
        """The datasets' pictures, the chosen one last."""
        pictures = self.page.locator("[data-testid^=dataset-]")
        names: list[str] = pictures.evaluate_all("all => all.map(one => one.dataset.testid)")
        chosen = pictures.evaluate_all("all => all.findIndex(one => one.ariaPressed === 'true')")
        return names[chosen + 1 :] + names[: chosen + 1]

    def overflows(self, name: str) -> bool:
        """Whether a part would need a scroll bar, either way."""
        script = "box => box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth"
        return bool(self.part(name).evaluate(script))

    def remedies(self) -> list[str]:
        """What the status line offers to try."""
        return self.part("remedy").all_inner_texts()

    def epoch(self) -> int:
        return int(number(self.text("epoch")))

    def is_playing(self) -> bool:
        return self.part("play").get_attribute("aria-label") == "Pause"

    def widths(self) -> list[int]:
        """The units of each hidden layer, as drawn."""
        layers = self.page.locator("[data-testid^=width-]").count()
        return [self.page.locator(f"canvas[data-testid^=unit-{layer}-]").count() for layer in range(layers)]

    def units(self) -> list[str]:
        return [f"unit-{layer}-{unit}" for layer, width in enumerate(self.widths()) for unit in range(width)]

    def pictures(self, names: Iterable[str]) -> dict[str, str]:
        """What canvases show, the output with the lines over it, which come a moment after the first surface."""
        asked = self._attached(names)
        if "output" in asked:
            self._attached(["readout"])
        return dict(zip(asked, map(str, self.page.evaluate(_PICTURES, asked)), strict=True))

    def colours(self, name: str) -> int:
        return int(self.part(name).evaluate(_COLOURS))

    def boxes(self, names: Iterable[str]) -> dict[str, object]:
        asked = self._attached(names)
        return dict(zip(asked, self.page.evaluate(_BOXES, asked), strict=True))

    def watch_epoch(self) -> None:
        """From now on, remember every epoch that the counter shows."""
        self.part("epoch").evaluate(_WATCH)

    def watched_epochs(self) -> list[int]:
        shown: list[str] = self.page.evaluate("window.shown")
        return [int(number(text)) for text in shown]

    # What a person waits for.

    def _attached(self, names: Iterable[str]) -> list[str]:
        """The names, once all of these parts are in the page: they may be about to be made."""
        asked = list(names)
        self._wait("names => names.every(name => document.querySelector(`[data-testid=${name}]`))", asked)
        return asked

    def _wait(self, script: str, asked: object = None) -> None:
        patience, poll = PATIENCE_MILLISECONDS, POLL_MILLISECONDS
        self.page.wait_for_function(script, arg=asked, timeout=patience, polling=poll)

    def wait_for(self, name: str, condition: str) -> None:
        """Wait until the part is there and a JavaScript condition on its text `t` or number `n` holds."""
        script = f"""name => {{
          const part = document.querySelector(`[data-testid=${{name}}]`);
          if (!part) return false;
          const t = part.textContent.trim();
          const n = Number.parseFloat(t.replaceAll(",", ""));
          return {condition};
        }}"""
        self._wait(script, name)

    def wait_for_text(self, name: str, pattern: str) -> None:
        self.wait_for(name, f"/{pattern}/.test(t)")

    def wait_for_epoch(self, condition: str) -> None:
        """wait_for_epoch("> 10")"""
        self.wait_for("epoch", f"n {condition}")

    def wait_for_choice(self, **menus: str) -> None:
        """Wait until menus show what they should: the page redraws with the screen, not with the click."""
        for name, value in menus.items():
            menu = self.part(name.replace("_", "-"))
            if self._is_picker(menu):
                expect(menu).to_have_attribute("value", value, timeout=PATIENCE_MILLISECONDS)
            else:
                expect(menu).to_have_value(value, timeout=PATIENCE_MILLISECONDS)

    def wait_for_setting(self, name: str, condition: str) -> None:
        """Wait until a JavaScript condition on the number `n` that a slider stands at holds."""
        script = f"""name => {{
          const part = document.querySelector(`[data-testid=${{name}}]`);
          if (!part) return false;
          const n = Number(part.getAttribute("aria-valuetext"));
          return {condition};
        }}"""
        self._wait(script, name)

    def wait_for_depth(self, depth: int) -> None:
        expect(self.page.locator("[data-testid^=width-]")).to_have_count(depth, timeout=PATIENCE_MILLISECONDS)

    def wait_for_width(self, layer: int, units: int) -> None:
        canvases = self.page.locator(f"canvas[data-testid^=unit-{layer}-]")
        expect(canvases).to_have_count(units, timeout=PATIENCE_MILLISECONDS)

    def wait_until_painted(self) -> None:
        """Wait until every hidden unit there is shows a surface."""
        script = f"""() => {{
          const colours = {_COLOURS};
          return [...document.querySelectorAll("canvas[data-testid^=unit-]")].every(canvas => colours(canvas) > 1);
        }}"""
        self._wait(script)

    def wait_until_playing(self, playing: bool = True) -> None:
        labels = ("Pause", "暂停") if playing else ("Play", "播放")
        self.page.locator(",".join(f"[data-testid=play][aria-label={label}]" for label in labels)).wait_for()

    def wait_for_new_picture(self, name: str, old: str) -> None:
        script = "([name, old]) => document.querySelector(`[data-testid=${name}]`).toDataURL() !== old"
        self._wait(script, [name, old])
