"""The catalog as the page needs it before anything is chosen, and what it asks for later.

The catalog is for programs and says everything (`app.web.catalog`). What every reader fetches first is weighed: no
pictures of what nobody has opened, no formulas that nobody shows, no sentences before somebody comes near what they
explain, no pictures of datasets and features, which come beside the first frame, as letters.
"""

from base64 import b64decode
from collections.abc import Iterable, Sequence
from itertools import pairwise
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any

UNSHOWN = ("commands", "events", "view", "forest")
"""What is for those who write a client of their own, or for those who choose a forest."""

FOREST = "forest."
"""How the paths of a forest's own numbers begin."""

REGISTRIES = ("neurons", "activations", "losses", "optimizers", "schedules", "datasets", "features")

LETTERS = f"{ascii_uppercase}{ascii_lowercase}{digits}-_"
"""Of pictures, a letter for a number: as bytes in base64 they would share letters, and compress worse."""

PLAIN: dict[str, Any] = {"low": None, "high": None, "step": None, "choices": [], "scale": "linear"}
"""What most knobs are, which goes without saying: the page takes it where nothing else is said."""

LEVELS = 40
"""Places along each side of a dataset's preview."""

Json = dict[str, Any]


def menus(catalog: Json) -> Json:
    """Names, knobs, ranges and defaults, the default's sentences and formulas."""
    kept = {name: value for name, value in catalog.items() if name not in UNSHOWN}
    default = catalog["default"]
    neurons = {layer["neuron"]["name"] for layer in [*default["layers"], default["output"]]}
    first = {"neurons": neurons, "datasets": {default["data"]["name"]}}
    kept["fields"] = {path: _quiet(knob) for path, knob in catalog["fields"].items() if not path.startswith(FOREST)}
    return kept | {
        name: [_shown(name, entry, entry["name"] in first.get(name, ())) for entry in catalog[name]]
        for name in REGISTRIES
    }


def sentences(catalog: Json) -> dict[str, str]:
    """Every entry's, knob's and field's sentence by its place, as static/messages names places."""
    said = {f"fields.{path}": knob for path, knob in catalog["fields"].items()}
    for registry in REGISTRIES:
        for entry in catalog[registry]:
            said[f"{registry}.{entry['name']}"] = entry
            # Entries may share a knob's name and still mean something of their own by it.
            said |= {f"knobs.{entry['name']}.{knob['name']}": knob for knob in entry["knobs"]}
    return {f"{place}.sentence": each["sentence"] for place, each in said.items()}


def forest(catalog: Json) -> Json:
    """What the page needs once somebody chooses a forest: its numbers, and what they are at first."""
    fields = {path: _quiet(knob) for path, knob in catalog["fields"].items() if path.startswith(FOREST)}
    return {**catalog["forest"], "fields": fields}


def formulas(catalog: Json) -> Json:
    """Every kind of neuron's formulas in MathML, with its biases and without them, by its name."""
    names = ("formula_mathml", "formula_without_bias_mathml")
    return {neuron["name"]: {name: neuron[name] for name in names} for neuron in catalog["neurons"]}


def thumbnails(catalog: Json) -> Json:
    """What every dataset and every feature looks like, by its name: letters for numbers."""
    return {
        "datasets": {dataset["name"]: _preview(dataset) for dataset in catalog["datasets"]},
        "features": {feature["name"]: _packed(feature["picture"]) for feature in catalog["features"]},
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
    return shown | {"knobs": [_quiet(knob) for knob in entry["knobs"]]}


def _quiet(knob: Json) -> Json:
    """A knob without its sentence, and without what is plain."""
    kept = {name: value for name, value in knob.items() if name != "sentence"}
    return {name: value for name, value in kept.items() if name not in PLAIN or value != PLAIN[name]}


def _preview(dataset: Json) -> str:
    """A letter for each number: every x as the step from the one before, every y, every target.

    Targets are levels like the others, or the number of a class. One class after the other and each from left to
    right: steps are small, and compress.
    """
    classes = dataset["task"] == "classification"
    shown = [(target if classes else _level(target), _level(x), _level(y)) for x, y, target in dataset["preview"]]
    target, x, y = zip(*sorted(shown, key=lambda point: point if classes else point[1:]), strict=True)
    return _letters([*_steps(x, LEVELS), *y, *target])


def _level(value: float) -> int:
    """Of -1 to 1 about as fine as a thumbnail is drawn."""
    return round((min(1.0, max(-1.0, value)) + 1) / 2 * (LEVELS - 1))


def _packed(picture: Json) -> Json:
    """Its values in as many steps as there are letters, each row by what it adds to the pixel on its left."""
    side, most = picture["side"], len(LETTERS) - 1
    levels = [round(value / 255 * most) for value in b64decode(picture["field"])]
    rows = (levels[start : start + side] for start in range(0, len(levels), side))
    return picture | {"field": "".join(_letters(_steps(row, len(LETTERS))) for row in rows)}


def _steps(values: Sequence[int], levels: int) -> list[int]:
    """From each to the next, the first from 0; downwards as round from the top again."""
    return [(value - before) % levels for before, value in pairwise([0, *values])]


def _letters(numbers: Iterable[int]) -> str:
    return "".join(LETTERS[number] for number in numbers)
