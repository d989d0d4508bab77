"""What the atlas' rows say together: a cell for each kind of neuron, dataset, network size and activation.

    table_of(study, rows)["cells"][0]      # one of COLUMNS each, links included

Pure: rows in, plain data out. Not here: where the rows lie (`store`), nor how the table looks (static/js/atlas).
"""

import csv
import io
import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from app.links import race_link
from nncore.activations import ACTIVATIONS
from nncore.choice import Choice
from nncore.config import Config, Json
from nncore.datasets import DATASETS
from nncore.neurons import NEURONS
from nncore.registry import Registry
from nncore.study.budget import MEASURES
from nncore.study.rows import Row
from nncore.study.study import Study
from nncore.study.summary import Summary, summaries

PLAIN = "linear"
"""Whom every kind races against."""

SURELY = 0.9
"""A network solves its data surely where at least so large a share of its runs has: 18 of 20."""

DIGITS = 4


class Cell(NamedTuple):
    """One combination. `accuracy` is the interquartile mean over its runs, `epochs` the median to solve, or None."""

    data: int
    network: int
    activation: int
    neuron: int
    parameters: int
    multiply_adds: int
    solved: int
    low: float
    high: float
    accuracy: float | None
    accuracy_low: float | None
    accuracy_high: float | None
    epochs: float | None
    diverged: int
    run: str
    race: str | None


COLUMNS = Cell._fields
"""Data, network, activation and neuron are places in the table's own lists; `low` and `high` are Wilson's."""


def table_of(study: Study, rows: Iterable[Row]) -> Json:
    """The table of `study`, which varies data.name, layers and budget, layers.activation and layers.neuron."""
    found = list(summaries(rows, study.paths, study.epochs))
    assert len(found) == len(study.pieces), "rows are missing"
    assert all(one.failed == 0 and one.scored_by == "test_accuracy" for one in found), "a run failed"
    values = [dict(one.values) for one in found]
    names: dict[str, list[Any]] = {
        "data": list(dict.fromkeys(one["data.name"] for one in values)),
        "networks": list(dict.fromkeys(_network(one) for one in values)),
        "activations": list(dict.fromkeys(one["layers.activation"] for one in values)),
        "neurons": list(dict.fromkeys(one["layers.neuron"] for one in values)),
    }
    cells = [
        Cell(
            names["data"].index(value["data.name"]),
            names["networks"].index(_network(value)),
            names["activations"].index(value["layers.activation"]),
            names["neurons"].index(value["layers.neuron"]),
            summary.parameters,
            summary.multiply_adds or 0,
            *measured(summary),
            summary.diverged,
            str(summary.best["link"]),
            race_query(study, piece.config, value["budget"]),
        )
        for summary, value, piece in zip(found, values, study.pieces, strict=True)
    ]
    return {
        "runs": len(study.seeds),
        "surely": math.ceil(SURELY * len(study.seeds)),
        "epochs": study.epochs,
        "bar": study.bar,
        "fresh": study.fresh,
        "plain": PLAIN,
        **names,
        "networks": [{"layers": layers, "budget": budget} for layers, budget in names["networks"]],
        "columns": list(COLUMNS),
        "cells": [list(cell) for cell in cells],
    }


def race_query(study: Study, config: Config, budget: str) -> str | None:
    """The link of the race of this network against one of PLAIN neurons at the same budget; None for those."""
    kind = config.layers[0].neuron
    if kind.name == PLAIN:
        return None
    plain = tuple(replace(layer, neuron=Choice.of(NEURONS, PLAIN, "neuron")) for layer in config.layers)
    race = race_link.race_of(
        (replace(config, layers=plain), config), epochs=study.epochs, seeds=len(study.seeds), fresh=study.fresh
    )
    # Each lane gets the width that the budget gives its kind, whatever width stands here.
    return race_link.write(replace(race, bar=study.bar, budget=_measure(budget)))


def labelled(table: Json) -> Json:
    """With the names that people read, in English: the page translates them by their places in the catalog."""
    shelves: dict[str, Registry[Any]] = {"data": DATASETS, "activations": ACTIVATIONS, "neurons": NEURONS}
    labels = {shelf: [known.find(name).spec.label for name in table[shelf]] for shelf, known in shelves.items()}
    return table | {"labels": labels}


def csv_of(table: Json) -> str:
    """The cells as CSV, with names where they have places: for spreadsheets.

    Forests stand below: their nodes as parameters, their levels as epochs, and nothing that only networks have.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["data", "layers", "budget", "activation", "neuron", "runs", *COLUMNS[4:]])
    for values in table["cells"]:
        data, network, activation, neuron, *rest = values
        size = table["networks"][network]
        names = (table["data"][data], size["layers"], size["budget"])
        writer.writerow([*names, table["activations"][activation], table["neurons"][neuron], table["runs"], *rest])
    for cell in table.get("forests", {"cells": []})["cells"]:
        size = table["forests"]["cascades"][cell["forest"]]
        named = f"forest: {size['forests']} of {size['trees']} trees, {size['levels']} levels"
        known = {"parameters": cell["nodes"], "epochs": cell["levels"]} | cell
        writer.writerow([cell["data"], "", "", "", named, table["runs"], *(known.get(name) for name in COLUMNS[4:])])
    return text.getvalue()


def _network(values: Json) -> tuple[int, int]:
    """How deep, and the budget of parameters."""
    return len(values["layers"]), _measure(values["budget"])[1]


def _measure(budget: str) -> tuple[str, int]:
    measure, _, number = budget.partition(":")
    assert measure in MEASURES
    return measure, int(number)


def measured(summary: Summary) -> tuple[int, float, float, float | None, float | None, float | None, float | None]:
    """How many runs solved it, within which shares; their accuracy, within which bounds; the median of their epochs."""
    share, interval = summary.solved_share, summary.score_interval
    accuracy = (_rounded(summary.score), _rounded(interval.low), _rounded(interval.high))
    return summary.solved, round(share.low, DIGITS), round(share.high, DIGITS), *accuracy, summary.median_epochs


def _rounded(value: float) -> float | None:
    """To DIGITS; None for what is not finite."""
    return round(value, DIGITS) if math.isfinite(value) else None
