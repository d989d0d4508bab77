"""A line of CSV gives back exactly the row that it was written from, and its link the very run."""

import csv
import io
from typing import Any

from app.links import link
from app.studies.lines import columns_on_disk, completed, header_of, rows_from, text_of
from nncore.config import Config
from nncore.study import Study
from nncore.study.tasks import perform
from nncore.trainer import Trainer

BASE: dict[str, Any] = {"data": {"name": "circles", "count": 40}, "layers": [{"units": 4, "neuron": "square"}]}
VARY: dict[str, Any] = {
    "layers.neuron": ["square", {"name": "kan", "grid": 4}],
    "shuffle": [True, False],
    "optimizer.learning_rate": [0.1, 0.30000000000000004],
}


def rows(study: Study) -> list[dict[str, Any]]:
    return [row for task in study.tasks() for row in completed(task, perform(task, lambda: 0.0).rows)]


def test_rows_survive_to_the_bit() -> None:
    study = Study(BASE, vary=VARY, seeds=2, epochs=3)
    written = rows(study)
    text = header_of(study) + text_of(written)
    assert text.count("\n") == 1 + len(written) == 17
    head, *lines = text.splitlines()
    assert tuple(head.split(",")) == columns_on_disk(study) == tuple(written[0])
    assert list(rows_from(lines, columns_on_disk(study))) == written


def test_any_reader_of_csv_understands_it() -> None:
    study = Study(BASE, vary=VARY, seeds=1, epochs=1)
    (first, *_) = csv.DictReader(io.StringIO(header_of(study) + text_of(rows(study))))
    assert (first["layers.neuron"], first["shuffle"], float(first["optimizer.learning_rate"])) == (
        "square",
        "true",
        0.1,
    )
    assert first["error"] == ""


def test_the_link_replays_the_run_as_far_as_it_went() -> None:
    study = Study(BASE, seeds=8, epochs=30, stop="solved", bar=0.9)
    found = rows(study)
    assert len({row["epoch"] for row in found}) > 1
    for row in found:
        opened = link.read(row["link"])
        assert opened.epochs == row["epoch"]
        metrics = Trainer(opened.config).run(opened.epochs).evaluate()
        assert (row["train_loss"], row["test_loss"]) == (metrics.train_loss, metrics.test_loss)
        assert (row["train_accuracy"], row["test_accuracy"]) == (metrics.train_accuracy, metrics.test_accuracy)


def test_the_link_of_a_run_that_diverged_diverges_again() -> None:
    layers = [{"units": 4, "neuron": "square", "activation": "identity"}] * 2
    study = Study({**BASE, "layers": layers, "optimizer": {"name": "sgd", "learning_rate": 10.0}}, seeds=1, epochs=9)
    (row,) = rows(study)
    opened = link.read(row["link"])
    again = Trainer(opened.config).run(opened.epochs)
    assert row["diverged"]
    assert again.diverged is not None
    assert (row["diverged_epoch"], row["train_loss"]) == (again.diverged.epoch, again.evaluate().train_loss)


def test_a_run_that_no_link_holds_has_none() -> None:
    points = [[x / 5001 - 0.123456, 0.001 * (x % 977) / 1.37 - 0.5, x % 2] for x in range(5000)]
    study = Study(Config.from_json({"data": {"name": "own", "points": points}, "layers": []}), seeds=1, epochs=1)
    (row,) = rows(study)
    assert row["link"] is None
    assert text_of([row]).endswith(",\n")
