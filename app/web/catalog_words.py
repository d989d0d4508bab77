"""What the catalog says of its entries, knobs and fields, by the places that a language's words have for them.

The catalog is in English. Another language has its words under the same places (static/messages), and the page gets its
menus in the language that it speaks. Not here: what else is in them (`app.web.menus`), nor the page's own messages.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

REGISTRIES = ("neurons", "activations", "losses", "optimizers", "schedules", "datasets", "features")

ENDINGS = {"label": "", "sentence": ".sentence"}
"""How the key of each of an entry's words ends."""

Json = dict[str, Any]


def translated(catalog: Json, words: Mapping[str, str]) -> Json:
    """The same catalog in a language's `words`; where it has none, the catalog's own stand."""
    told = deepcopy(catalog)
    for places, each in _placed(told):
        for name, ending in ENDINGS.items():
            known = (words.get(f"{place}{ending}") for place in places)
            each[name] = next((said for said in known if said is not None), each[name])
    return told


def names(catalog: Json) -> dict[str, str]:
    """Every label by its place, and the sentences of what a visit begins with: what the menus say in a language."""
    said: dict[str, str] = {}
    for places, each in _placed(catalog):
        for place in places:
            said.setdefault(place, each["label"])
    whole = sentences(catalog)
    keys = [f"{registry}.{name}.sentence" for registry, shown in first(catalog).items() for name in sorted(shown)]
    return said | {key: whole[key] for key in keys}


def sentences(catalog: Json) -> dict[str, str]:
    """Every entry's, knob's and field's sentence by its place."""
    return {f"{places[0]}.sentence": each["sentence"] for places, each in _placed(catalog)}


def first(catalog: Json) -> dict[str, set[str]]:
    """The entries that a visit begins with and says a sentence of, by their registries."""
    default = catalog["default"]
    neurons = {layer["neuron"]["name"] for layer in [*default["layers"], default["output"]]}
    return {"neurons": neurons, "datasets": {default["data"]["name"]}}


def _placed(catalog: Json) -> Iterator[tuple[list[str], Json]]:
    """All that has words, each with its places: its own, then what it shares with others of its name."""
    for path, knob in catalog["fields"].items():
        yield [f"fields.{path}"], knob
    for registry in REGISTRIES:
        for entry in catalog[registry]:
            yield [f"{registry}.{entry['name']}"], entry
            for knob in entry["knobs"]:
                # Entries may share a knob's name and still mean something of their own by it.
                yield [f"knobs.{entry['name']}.{knob['name']}", f"knobs.{knob['name']}"], knob
