"""What an address asks for: an order from the query of `/poster.png` or `/training.gif`.

The keys are a link's (docs/reference/links.md) and three more: `width`, `height`, and `theme` as on the page. Not here:
how the picture is made (`making`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from app.errors import PictureTooCostly
from app.links import race_link
from app.links.limits import read_link, read_race
from app.links.notation import read_number
from app.pictures.order import Kind, Order
from app.pictures.palette import ThemeName
from app.settings import Settings
from nncore.errors import UnknownName
from nncore.sentence import Sentence
from nncore.spec import Knob

EPOCHS = 200
"""How far a picture is trained whose link names no epoch: a picture of first weights says little."""

_TOO_FAR = Sentence("refused.picture_too_far", "must be at most {most} for a picture, not {value}")

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Format:
    """The usual size of one kind of picture."""

    width: int
    height: int


FORMATS: dict[Kind, Format] = {"poster": Format(1200, 630), "training": Format(480, 270)}
"""A poster is as large as link previews want it; an animation small enough to be sent."""

WIDTH = Knob("width", "Width", "int", 1200, 200, 1920, sentence="Pixels from left to right.")
HEIGHT = Knob("height", "Height", "int", 630, 110, 1080, sentence="Pixels from top to bottom.")


def order_of(kind: Kind, query: str, settings: Settings) -> Order:
    """The picture that `query`, without its question mark, asks for.

    Raises InputError whose path is the key, and PictureTooCostly where it asks for more epochs than a picture may show.
    """
    pairs = parse_qsl(query, keep_blank_values=True)
    sizes = {name: value for name, value in pairs if name in ("width", "height")}
    rest = urlencode([pair for pair in pairs if pair[0] not in sizes])
    width, height = _size(sizes, FORMATS[kind])
    if race_link.names_lanes(rest):
        race = read_race(rest, settings)
        epochs = _far_enough("at", race.at or race.epochs, settings)
        lanes = tuple(lane.to_json() for lane in race.lanes)
        look = _look(race.page)
        theme = _theme(race.page)
        return Order(kind, {}, epochs, width, height, theme, settings.picture_seconds, *look, lanes, race.bar)
    link = read_link(rest, settings)
    epochs = _far_enough("epochs", link.epochs if "epochs" in link.page else EPOCHS, settings)
    config, theme = link.config.to_json(), _theme(link.page)
    return Order(kind, config, epochs, width, height, theme, settings.picture_seconds, *_look(link.page))


def _far_enough(key: str, epochs: int, settings: Settings) -> int:
    """`epochs`, where a picture may show so many; else raises PictureTooCostly."""
    if epochs > settings.picture_epochs:
        raise PictureTooCostly(key, _TOO_FAR, most=settings.picture_epochs, value=epochs)
    return epochs


def _look(page: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether an answer is drawn without shades, and whether test points are drawn."""
    return page.get("discrete") == "on", page.get("test") != "off"


def _theme(page: Mapping[str, str]) -> ThemeName:
    theme = page.get("theme", "light")
    if theme not in THEMES:
        raise UnknownName.of("theme", theme, THEMES, "theme")
    return theme  # type: ignore[return-value]  # one of THEMES


def _size(given: dict[str, str], usual: Format) -> tuple[int, int]:
    """Width and height; the usual shape where only one of them is given."""
    width, height = _checked(WIDTH, given), _checked(HEIGHT, given)
    if width is None:
        width = usual.width if height is None else _checked(WIDTH, {"width": height * usual.width // usual.height})
    if height is None:
        height = _checked(HEIGHT, {"height": (width or 0) * usual.height // usual.width})
    assert width is not None
    assert height is not None
    return width, height


def _checked(knob: Knob, given: Mapping[str, str | int]) -> int | None:
    """The size called as `knob`, None where it is not given."""
    if knob.name not in given:
        return None
    value = knob.check(read_number(str(given[knob.name])), knob.name)
    assert isinstance(value, int)
    return value
