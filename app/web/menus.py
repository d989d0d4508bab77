"""The catalog as the page needs it before anything is chosen, and the pictures that it asks for later.

The catalog is for programs and says everything (`app.web.catalog`). What every reader fetches
first is weighed: no pictures of what nobody has opened, no formulas that nobody shows, previews of datasets as bytes.
"""

from base64 import b64encode
from typing import Any

UNSHOWN = ("commands", "events", "probes", "schedules")
"""What is for those who write a client of their own."""

REGISTRIES = ("neurons", "activations", "losses", "optimizers", "datasets", "features")

Json = dict[str, Any]


def menus(catalog: Json) -> Json:
    """Names, sentences, knobs, ranges and defaults, the default's formulas, and pictures of datasets and features."""
    kept = {name: value for name, value in catalog.items() if name not in UNSHOWN}
    default = catalog["default"]
    first = {layer["neuron"]["name"] for layer in [*default["layers"], default["output"]]}
    return kept | {name: [_shown(name, entry, first) for entry in catalog[name]] for name in REGISTRIES}


def formulas(catalog: Json) -> Json:
    """Every kind of neuron's formula in MathML, by its name."""
    return {neuron["name"]: neuron["formula_mathml"] for neuron in catalog["neurons"]}


def portraits(catalog: Json) -> Json:
    """What a typical unit of each kind of neuron looks like, by its name."""
    return {neuron["name"]: neuron["portrait"] for neuron in catalog["neurons"]}


def _shown(registry: str, entry: Json, first: set[str]) -> Json:
    """An entry without what is not on the page at first; `first` are the neurons that are."""
    unshown = {"formula", "source", "portrait"}
    if registry != "neurons" or entry["name"] not in first:
        unshown.add("formula_mathml")
    shown = {name: value for name, value in entry.items() if name not in unshown}
    return shown | {"preview": _preview(entry)} if registry == "datasets" else shown


def _preview(dataset: Json) -> str:
    """x, y and target of every point as a byte each, in base64: of values from -1 to 1, and of classes their number."""
    scaled = 3 if dataset["task"] == "regression" else 2
    levels = [
        round((min(1.0, max(-1.0, value)) + 1) / 2 * 255) if index < scaled else value
        for point in dataset["preview"]
        for index, value in enumerate(point)
    ]
    return b64encode(bytes(levels)).decode()
