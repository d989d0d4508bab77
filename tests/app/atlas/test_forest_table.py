"""What the forests' rows say, against a count by hand; links lead to those very runs; and they stand in the CSV."""

import csv
import io
from functools import cache

import numpy as np

from app.atlas.forest_table import forests_of
from app.atlas.table import csv_of, table_of
from app.links import link
from app.studies.lines import completed
from nncore.learner import begin
from nncore.study import Study
from nncore.study.rows import Row
from nncore.study.tasks import perform
from tests.app.atlas.small import rows as network_rows
from tests.app.atlas.small import study as network_study

STUDY = Study(
    {"data": {"name": "circles", "count": 60}},
    vary={"data.name": ["circles", "xor"], "forest": [{"trees": 1, "levels": 1}, {"trees": 3, "levels": 2}]},
    seeds=3,
    fresh="data",
    epochs=2,
    stop="solved",
    bar=0.9,
)


@cache
def rows() -> list[Row]:
    return [row for task in STUDY.tasks() for row in completed(task, perform(task, lambda: 0.0).rows)]


def test_each_dataset_and_cascade_has_its_cell_counted_from_its_rows() -> None:
    told = forests_of(STUDY, rows())
    assert told["cascades"] == [{"forests": 4, "trees": 1, "levels": 1}, {"forests": 4, "trees": 3, "levels": 2}]
    assert [(cell["data"], cell["forest"]) for cell in told["cells"]] == [
        ("circles", 0), ("circles", 1), ("xor", 0), ("xor", 1)
    ]  # fmt: skip
    for place, cell in enumerate(told["cells"]):
        own = rows()[3 * place : 3 * place + 3]
        assert cell["solved"] == sum(row["solved"] for row in own)
        assert cell["nodes"] == np.median([row["parameters"] for row in own])
        best = begin(link.read(cell["run"]).config)
        while not best.finished and best.epoch < int(link.read(cell["run"]).page["epochs"]):
            best.advance(best.steps_to_epoch_end)
        assert best.evaluate().test_accuracy == max(row["test_accuracy"] for row in own)


def test_in_the_csv_they_stand_below_the_networks() -> None:
    table = table_of(network_study(), network_rows())
    plain = csv_of(table)
    lines = list(csv.DictReader(io.StringIO(csv_of({**table, "forests": forests_of(STUDY, rows())}))))
    assert len(lines) == len(plain.splitlines()) - 1 + 4
    last, nodes = lines[-1], forests_of(STUDY, rows())["cells"][-1]["nodes"]
    assert (last["data"], last["neuron"], last["layers"]) == ("xor", "forest: 4 of 3 trees, 2 levels", "")
    assert (last["parameters"], last["multiply_adds"], last["race"]) == (
        str(nodes),
        "",
        "",
    )
