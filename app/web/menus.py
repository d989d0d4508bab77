"""The catalog as the page needs it before anything is chosen, and the pictures that it asks for later.

The catalog is for programs and says everything (`app.web.catalog`). What every reader fetches
first is weighed: no pictures of what nobody has opened, no formulas that nobody shows, previews of datasets as bytes.
"""

from base64 import b64encode
from collections.abc import Iterable
from typing import Any

UNSHOWN = ("commands", "events")
"""What is for those who write a client of their own."""

REGISTRIES = ("neurons", "activations", "losses", "optimizers", "schedules", "datasets", "features")

Json = dict[str, Any]


def menus(catalog: Json) -> Json:
    """Names, sentences, knobs, ranges and defaults, the default's formulas, and pictures of datasets and features."""
    kept = {name: value for name, value in catalog.items() if name not in UNSHOWN}
    default = catalog["default"]
    first = {layer["neuron"]["name"] for layer in [*default["layers"], default["output"]]}
    return kept | {name: [_shown(name, entry, first) for entry in catalog[name]] for name in REGISTRIES}


def formulas(catalog: Json) -> Json:
    """Every kind of neuron's formulas in MathML, with its biases and without them, by its name."""
    names = ("formula_mathml", "formula_without_bias_mathml")
    return {neuron["name"]: {name: neuron[name] for name in names} for neuron in catalog["neurons"]}


def portraits(catalog: Json) -> Json:
    """What a typical unit of each kind of neuron looks like, by its name."""
    return {neuron["name"]: neuron["portrait"] for neuron in catalog["neurons"]}


def _shown(registry: str, entry: Json, first: set[str]) -> Json:
    """An entry without what is not on the page at first; `first` are the neurons that are."""
    unshown = {"formula", "source", "portrait", "formula_without_bias", "formula_without_bias_mathml", "cost"}
    if registry != "neurons" or entry["name"] not in first:
        unshown.add("formula_mathml")
    shown = {name: value for name, value in entry.items() if name not in unshown}
    return shown | {"preview": _preview(entry)} if registry == "datasets" else shown


def _preview(dataset: Json) -> str:
    """Bytes in base64: every x, every y, every target, of values from -1 to 1, of classes their number.

    In the order of the targets: what is alike stands together, and compresses.
    """
    x, y, target = zip(*sorted(dataset["preview"], key=lambda point: point[2]), strict=True)
    shown = target if dataset["task"] == "classification" else _levels(target)
    return b64encode(bytes([*_levels(x), *_levels(y), *shown])).decode()


def _levels(values: Iterable[float]) -> list[int]:
    """As bytes, but in steps of five: about as fine as a thumbnail is drawn, and lighter."""
    return [5 * round((min(1.0, max(-1.0, value)) + 1) / 2 * 51) for value in values]
