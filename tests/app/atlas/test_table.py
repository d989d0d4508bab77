"""The table says of the rows what a count by hand and SciPy say, and its links lead to those very networks."""

import csv
import io
from dataclasses import replace

import pytest
from scipy import stats

from app.atlas.table import COLUMNS, Cell, csv_of, labelled, table_of
from app.links import link, race_link
from nncore.config import Json
from nncore.size import size_of
from nncore.study import Study
from nncore.trainer import Trainer
from tests.app.atlas.small import EPOCHS, SEEDS, rows, study


@pytest.fixture(scope="module")
def table() -> Json:
    return table_of(study(), rows())


def cells(table: Json) -> list[Cell]:
    return [Cell(*values) for values in table["cells"]]


def test_every_combination_has_its_cell_in_order(table: Json) -> None:
    assert [cell[:4] for cell in cells(table)] == [(d, n, 0, k) for d in (0, 1) for n in (0, 1) for k in (0, 1)]
    assert table["networks"] == [{"layers": 1, "budget": 17}, {"layers": 2, "budget": 40}]
    assert (table["data"], table["neurons"]) == (["circles", "gaussians"], ["linear", "quadratic"])
    assert (table["runs"], table["surely"]) == (SEEDS, 5)


def test_surely_is_eighteen_of_twenty() -> None:
    more = Study.from_json(study().to_json() | {"seeds": 20})
    runs = [row for start in range(0, len(rows()), SEEDS) for row in rows()[start : start + SEEDS] * 4]
    assert table_of(more, runs)["surely"] == 18


def test_shares_and_accuracies_are_those_that_scipy_finds(table: Json) -> None:
    for place, cell in enumerate(cells(table)):
        own = rows()[place * SEEDS : (place + 1) * SEEDS]
        solved = sum(row["solved"] for row in own)
        low, high = stats.binomtest(solved, SEEDS).proportion_ci(method="wilson")
        assert cell.solved == solved
        assert [cell.low, cell.high] == pytest.approx([low, high], abs=1e-4)
        accuracy = stats.trim_mean([row["test_accuracy"] for row in own], 0.25)
        assert cell.accuracy == pytest.approx(accuracy, abs=1e-4)
        assert cell.accuracy_low <= cell.accuracy <= cell.accuracy_high  # type: ignore[operator]
        assert {row["parameters"] for row in own} == {cell.parameters}
        assert {row["multiply_adds"] for row in own} == {cell.multiply_adds}


def test_the_run_that_a_cell_opens_is_its_best(table: Json) -> None:
    for place, cell in enumerate(cells(table)):
        own = rows()[place * SEEDS : (place + 1) * SEEDS]
        opened = link.read(cell.run)
        trainer = Trainer(opened.config)
        trainer.run(int(opened.page.get("epochs", "0")))
        found = trainer.evaluate().test_accuracy
        assert found == pytest.approx(max(row["test_accuracy"] for row in own))


def test_the_race_that_a_cell_opens_is_of_its_network_and_a_plain_one_as_large(table: Json) -> None:
    for cell, piece in zip(cells(table), study().pieces, strict=True):
        if piece.config.layers[0].neuron.name == "linear":
            assert cell.race is None
            continue
        assert cell.race is not None
        race = race_link.read(cell.race)
        plain, own = race.lanes
        assert own == replace(piece.config, seeds=own.seeds)
        assert {layer.neuron.name for layer in plain.layers} == {"linear"}
        budget = table["networks"][cell.network]["budget"]
        assert abs(size_of(plain).parameters - budget) <= 0.2 * budget
        assert (race.epochs, race.seeds, race.fresh, race.budget) == (EPOCHS, SEEDS, "data", ("parameters", budget))


def test_a_missing_row_is_no_table() -> None:
    with pytest.raises(AssertionError, match="rows are missing"):
        table_of(study(), rows()[:-SEEDS])


def test_labels_are_the_catalogs(table: Json) -> None:
    labels = labelled(table)["labels"]
    assert labels == {"data": ["Circles", "Clouds"], "activations": ["ReLU"], "neurons": ["Linear", "Quadratic"]}


def test_as_csv_names_stand_where_there_were_places(table: Json) -> None:
    lines = list(csv.DictReader(io.StringIO(csv_of(table))))
    assert len(lines) == len(table["cells"])
    assert (lines[0]["data"], lines[0]["layers"], lines[0]["budget"]) == ("circles", "1", "17")
    assert (lines[-1]["data"], lines[-1]["neuron"], lines[-1]["race"]) == (
        "gaussians",
        "quadratic",
        cells(table)[-1].race,
    )
    assert set(COLUMNS[4:]) < set(lines[0])
