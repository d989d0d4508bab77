"""The catalog as the page needs it before anything is chosen, and what it asks for later.

The catalog is for programs and says everything (`app.web.catalog`). What every reader fetches first is weighed: no
pictures of what nobody has opened, no formulas that nobody shows, no sentences before somebody comes near what they
explain, no labels that the page can tell by the name, no pictures of datasets and features, which come beside the first
frame, as letters.
"""

from base64 import b64decode
from collections.abc import Iterable, Sequence
from itertools import pairwise
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any

from app.web.catalog_words import REGISTRIES, Json, first

UNSHOWN = ("commands", "events", "view", "forest")
"""What is for those who write a client of their own, or for those who choose a forest."""

FOREST = "forest."
"""How the paths of a forest's own numbers begin."""

LETTERS = f"{ascii_uppercase}{ascii_lowercase}{digits}-_"
"""Of pictures, a letter for a number: as bytes in base64 they would share letters, and compress worse."""

PLAIN: dict[str, Any] = {"low": None, "high": None, "step": None, "choices": [], "scale": "linear"}
"""What most knobs are, which goes without saying: the page takes it where nothing else is said."""

LEVELS = 40
"""Places along each side of a dataset's preview."""


def menus(catalog: Json) -> Json:
    """Names, knobs, ranges and defaults, the default's sentences and formulas."""
    kept = {name: value for name, value in catalog.items() if name not in UNSHOWN}
    begun = first(catalog)
    fields = {path: _field(knob) for path, knob in catalog["fields"].items() if not path.startswith(FOREST)}
    return {**kept, "fields": fields} | {
        name: [_shown(name, entry, entry["name"] in begun.get(name, ())) for entry in catalog[name]]
        for name in REGISTRIES
    }


def forest(catalog: Json) -> Json:
    """What the page needs once somebody chooses a forest: its numbers, and what they are at first."""
    fields = {path: _quiet(knob) for path, knob in catalog["fields"].items() if path.startswith(FOREST)}
    return {**catalog["forest"], "fields": fields}


def formulas(catalog: Json) -> Json:
    """Every kind of neuron's formulas in MathML, with its biases and without them, by its name."""
    names = ("formula_mathml", "formula_without_bias_mathml")
    return {neuron["name"]: {name: neuron[name] for name in names} for neuron in catalog["neurons"]}


def thumbnails(catalog: Json) -> Json:
    """What every dataset and every feature looks like, one after the other as the menus list them: letters for numbers.

    Like stands beside like, which compresses: every dataset's x in one text, as the steps from each point to the next,
    every y in another. So do the features' pixels, each as what it adds to its left and upper neighbours.
    """
    target, x, y = zip(*(point for dataset in catalog["datasets"] for point in _preview(dataset)), strict=True)
    pictures = [feature["picture"] for feature in catalog["features"]]
    return {
        "datasets": {"x": _letters(_steps(x, LEVELS)), "y": _letters(y), "target": _letters(target)},
        "features": {
            "side": pictures[0]["side"],
            **{bound: [round(picture[bound], 3) for picture in pictures] for bound in ("low", "high")},
            "field": "".join(map(_packed, pictures)),
        },
    }


def portraits(catalog: Json) -> Json:
    """What a typical unit of each kind of neuron looks like, by its name."""
    return {neuron["name"]: neuron["portrait"] for neuron in catalog["neurons"]}


def _shown(registry: str, entry: Json, first: bool) -> Json:
    """An entry without what is not on the page at first; `first`: the page begins with it."""
    unshown = {"formula", "source", "formula_without_bias", "formula_without_bias_mathml", "cost"}
    unshown |= {"portrait", "preview", "picture", "zero_set"}
    if not first:
        unshown.add("sentence")
    if registry != "neurons" or not first:
        unshown.add("formula_mathml")
    shown = {name: value for name, value in entry.items() if name not in unshown}
    return _named(shown) | {"knobs": [_named(_quiet(knob)) for knob in entry["knobs"]]}


def _field(knob: Json) -> Json:
    """A field's knob: its name is the last part of its path."""
    return {name: value for name, value in _named(_quiet(knob)).items() if name != "name"}


def _named(each: Json) -> Json:
    """It without a label where that is its name, as the page would write it (static/js/model/catalog.js)."""
    implied = each["label"] == each["name"][0].upper() + each["name"][1:].replace("_", " ")
    return {name: value for name, value in each.items() if name != "label" or not implied}


def _quiet(knob: Json) -> Json:
    """A knob without its sentence, and without what is plain."""
    kept = {name: value for name, value in knob.items() if name != "sentence"}
    return {name: value for name, value in kept.items() if name not in PLAIN or value != PLAIN[name]}


def _preview(dataset: Json) -> list[tuple[int, int, int]]:
    """Target, x and y of each point: targets are levels like the others, or the number of a class.

    One class after the other and each from left to right: steps are small, and compress.
    """
    classes = dataset["task"] == "classification"
    shown = [(target if classes else _level(target), _level(x), _level(y)) for x, y, target in dataset["preview"]]
    return sorted(shown, key=lambda point: point if classes else point[1:])


def _level(value: float) -> int:
    """Of -1 to 1 about as fine as a thumbnail is drawn."""
    return round((min(1.0, max(-1.0, value)) + 1) / 2 * (LEVELS - 1))


def _packed(picture: Json) -> str:
    """A letter for each pixel: what it adds to the one above, as the step from what its left neighbour adds."""
    side, count = picture["side"], len(LETTERS)
    levels = [round(value / 255 * (count - 1)) for value in b64decode(picture["field"])]
    rows = [levels[start : start + side] for start in range(0, len(levels), side)]
    steps = ([low - high for low, high in zip(row, above, strict=True)] for above, row in pairwise([[0] * side, *rows]))
    return "".join(_letters(_steps(row, count)) for row in steps)


def _steps(values: Sequence[int], levels: int) -> list[int]:
    """From each to the next, the first from 0; downwards as round from the top again."""
    return [(value - before) % levels for before, value in pairwise([0, *values])]


def _letters(numbers: Iterable[int]) -> str:
    return "".join(LETTERS[number] for number in numbers)
