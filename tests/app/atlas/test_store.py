"""What is shipped belongs together: the study, a row for each of its runs, the table of them; and rows reproduce."""

import json
import random
from collections import defaultdict
from pathlib import Path

import pytest
from scipy import stats

from app.atlas.store import FORESTS, HERE, MADE, ROWS, TABLE, atlas_study, atlas_table
from app.links import link
from docs.make_atlas import forests_text, table_text
from nncore.history import Metrics
from nncore.learner import begin
from nncore.neuron import NEURONS
from nncore.size import size_of
from nncore.study.rows import Row
from nncore.trainer import Trainer
from tests.app.atlas.shipped import shipped_rows
from tests.app.lessons.agreement import shares_agree

pytestmark = pytest.mark.slow
"""Reading all rows takes seconds."""

MOST_BYTES = 3_000_000
SAMPLE = 12
SHORT = 10
"""Epochs: in so few, rounding elsewhere has not grown."""


BOTH = pytest.mark.parametrize("here", [HERE, FORESTS], ids=["networks", "forests"])


@BOTH
def test_every_run_of_the_study_is_there_once_and_none_failed(here: Path) -> None:
    assert len(shipped_rows(here)) == atlas_study(here).runs
    assert len({row["hash"] for row in shipped_rows(here)}) == len(shipped_rows(here))
    assert [row["error"] for row in shipped_rows(here) if row["error"] is not None] == []


@BOTH
def test_the_manifest_says_which_study_and_which_version(here: Path) -> None:
    made = json.loads((here / MADE.name).read_text(encoding="utf-8"))
    assert made["study"] == json.loads(json.dumps(atlas_study(here).to_json()))
    assert {row["version"] for row in shipped_rows(here)} == {made["version"]}
    assert made["runs"] == len(shipped_rows(here))


def test_the_rows_are_small_enough_to_be_shipped() -> None:
    assert sum((here / ROWS.name).stat().st_size for here in (HERE, FORESTS)) <= MOST_BYTES


def test_the_forests_table_is_that_of_their_rows() -> None:
    assert (FORESTS / TABLE.name).read_text(encoding="utf-8") == forests_text(
        atlas_study(FORESTS), shipped_rows(FORESTS)
    )


def test_a_forest_is_grown_again_alone_and_is_the_same() -> None:
    row = next(row for row in shipped_rows(FORESTS) if row["data.name"] == "spirals" and row["epoch"] == 1)
    grower = begin(link.read(row["link"]).config)
    grower.advance(grower.steps_to_epoch_end)
    found = grower.evaluate()
    assert (found.train_accuracy, found.test_accuracy) == (row["train_accuracy"], row["test_accuracy"])


def test_the_table_is_that_of_the_rows() -> None:
    assert TABLE.read_text(encoding="utf-8") == table_text(atlas_study(), shipped_rows())


def test_the_table_says_what_scipy_finds_in_the_rows() -> None:
    """Counted from the rows once more, by what they say of themselves."""
    table = atlas_table()
    own: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in shipped_rows():
        names = (row["data.name"], len(row["layers"]), row["budget"], row["layers.activation"], row["layers.neuron"])
        own[names].append(row)
    assert len(own) == len(table["cells"])
    for values in table["cells"]:
        cell = dict(zip(table["columns"], values, strict=True))
        network = table["networks"][cell["network"]]
        names = (
            table["data"][cell["data"]],
            network["layers"],
            f"parameters:{network['budget']}",
            table["activations"][cell["activation"]],
            table["neurons"][cell["neuron"]],
        )
        solved = sum(row["test_accuracy"] >= table["bar"] for row in own[names])
        low, high = stats.binomtest(solved, len(own[names])).proportion_ci(method="wilson")
        mean = stats.trim_mean([row["test_accuracy"] for row in own[names]], 0.25)
        assert (cell["solved"], table["runs"]) == (solved, len(own[names])), names
        assert [cell["low"], cell["high"]] == pytest.approx([low, high], abs=1e-4)
        assert cell["accuracy"] == pytest.approx(mean, abs=1e-4)
        assert {row["parameters"] for row in own[names]} == {cell["parameters"]}


def sample(*, jumping: bool) -> list[Row]:
    """Some short runs of kinds with a jump in what they compute, or of the others.

    Where an output jumps, as a spike or a sign does, the last digit of a sum makes two runs of one. Such kinds define
    the gradient that they learn with, and say so.
    """
    rows = [
        row
        for row in shipped_rows()
        if row["solved"] and 2 <= row["epoch"] <= SHORT and NEURONS[row["layers.neuron"]].own_gradient == jumping
    ]
    return random.Random(0).sample(rows, SAMPLE)


def trained(row: Row) -> Metrics:
    """How its experiment, trained alone, ends."""
    opened = link.read(row["link"])
    seeds = opened.config.seeds
    assert (seeds.data, seeds.run, opened.page["epochs"]) == (row["data_seed"], row["run_seed"], str(row["epoch"]))
    assert size_of(opened.config).parameters == row["parameters"]
    return Trainer(opened.config).run(row["epoch"]).evaluate()


def test_a_sample_of_rows_is_trained_again_alone_and_is_the_same() -> None:
    for row in sample(jumping=False):
        found = trained(row)
        for name in ("train_loss", "test_loss", "train_accuracy", "test_accuracy"):
            assert getattr(found, name) == pytest.approx(row[name], rel=1e-3), (name, row["link"])


def test_a_sample_of_rows_of_kinds_that_jump_learn_as_well_again() -> None:
    rows = sample(jumping=True)
    for name in ("train_accuracy", "test_accuracy"):
        again = [float(getattr(trained(row), name)) for row in rows]
        assert shares_agree([float(row[name]) for row in rows], again), name
