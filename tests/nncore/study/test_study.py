"""A study's rows are those of its runs alone; what cannot be a study is told in one sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from nncore.config import Config, Seeds
from nncore.forest.grower import Grower
from nncore.study import BadStudy, Study
from nncore.study.summary import summaries
from nncore.study.tasks import Done, Task, perform
from nncore.trainer import Trainer

BASE: dict[str, Any] = {"data": {"name": "circles", "count": 40}, "layers": [{"units": 3, "neuron": "square"}]}


def study(**options: Any) -> Study:
    vary = {"layers.neuron": ["linear", "square"], "optimizer.learning_rate": [0.01, 0.3]}
    return Study(BASE, **{"vary": vary, "seeds": 3, "epochs": 4, **options})


def unmeasured(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "seconds": None} for row in rows]


@pytest.mark.parametrize("fresh", ["weights", "data"])
@pytest.mark.parametrize("batch", [10, 7], ids=["together", "each alone"])
def test_each_row_is_the_run_alone_to_the_bit(fresh: str, batch: int) -> None:
    asked = study(fresh=fresh, vary={"layers.neuron": ["linear", "square"], "batch": [batch]})
    rows = list(asked.run())
    assert len(rows) == asked.runs == 6
    assert {tuple(row) for row in rows} == {asked.columns}
    for row in rows:
        layers = [{"units": 3, "neuron": row["layers.neuron"]}]
        config = Config.from_json({**BASE, "layers": layers, "batch": batch})
        seeds = Seeds(row["data_seed"], row["run_seed"])
        assert seeds.data == (seeds.run if fresh == "data" else 0)
        metrics = Trainer(replace(config, seeds=seeds)).run(4).evaluate()
        assert (row["train_loss"], row["test_loss"]) == (metrics.train_loss, metrics.test_loss)
        assert (row["train_accuracy"], row["test_accuracy"]) == (metrics.train_accuracy, metrics.test_accuracy)


def test_rows_come_in_order_from_an_engine_that_does_not() -> None:
    class Backwards:
        def map(self, tasks: Iterable[Task]) -> Iterator[Done]:
            return (perform(task, lambda: 0.0) for task in reversed(list(tasks)))

    assert unmeasured(study().run(Backwards())) == unmeasured(study().run())


def test_a_study_survives_json() -> None:
    asked = study(seeds=[5, 3], stop="solved", bar=0.9, budget="parameters:30", fresh="data")
    again = Study.from_json(asked.to_json())
    assert again.to_json() == asked.to_json()
    assert [piece.seeds for piece in again.pieces] == [(Seeds(5, 5), Seeds(3, 3))] * 4
    assert unmeasured(again.run()) == unmeasured(asked.run())


def test_a_budget_gives_the_nearest_width_and_can_be_varied() -> None:
    asked = study(vary={"layers.neuron": ["linear", "square"], "budget": ["parameters:65", "free"]}, epochs=1)
    assert [(piece.config.layers[0].units, dict(piece.values)["budget"]) for piece in asked.pieces] == [
        (16, "parameters:65"),
        (3, "free"),
        (16, "parameters:65"),
        (3, "free"),
    ]


def test_the_loss_goes_by_the_data_unless_it_was_chosen() -> None:
    vary = {"data": ["circles", "hills"]}
    losses = [piece.config.loss.name for piece in study(vary=vary).pieces]
    assert losses == [Config.from_json({"data": {"name": name}}).loss.name for name in ("circles", "hills")]
    with pytest.raises(BadStudy, match="data = 'hills'"):
        Study({**BASE, "loss": "hinge"}, vary=vary)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"vary": {"layers.neuron": ["quadratc"]}}, "did you mean 'quadratic'"),
        ({"vary": {"data.nois": [1]}}, "data.nois: 'circles' has no"),
        ({"vary": {"bach": [1]}}, "is not a field here"),
        ({"vary": {"batch": [0]}}, "with batch = 0: batch: must be a whole number"),
        ({"vary": {"seeds.run": [1]}}, "what `seeds` is for"),
        ({"vary": {"seeds.data": [1]}, "fresh": "data"}, "drawn anew"),
        ({"vary": {"budget": ["free"]}, "budget": "free"}, "no budget beside it"),
        ({"budget": "parameters"}, "parameters:200"),
        ({"budget": "layers:3"}, "parameters:200"),
        ({"seeds": 0}, "from 1 to 10,000"),
        ({"seeds": True}, "how many"),
        ({"seeds": []}, "a list of 1 to"),
        ({"seeds": [1, 1]}, "twice"),
        ({"vary": {"batch": [10, 10]}}, "vary.batch: has 10 twice"),
        (
            {"vary": {"layers.units": [4, 8]}, "budget": "parameters:100"},
            "vary.layers.units: is what the budget decides",
        ),
        ({"vary": {"layers[1].units": [4], "budget": ["parameters:50"]}}, r"vary.layers\[1\].units: is what"),
        ({"seeds": [1, -1]}, r"seeds\[1\]"),
        ({"epochs": 0}, "epochs"),
        ({"stop": "soon"}, "one of epochs, solved, plateau"),
        ({"fresh": "all"}, "one of weights, data"),
        ({"bar": 2}, "from 0 to 1"),
    ],
)
def test_a_bad_study_is_one_sentence(options: dict[str, Any], told: str) -> None:
    with pytest.raises(BadStudy, match=told) as caught:
        study(**options)
    assert "\n" not in str(caught.value)


def test_ten_million_runs_are_too_many_and_that_is_told_at_once() -> None:
    vary = {"batch": list(range(1, 1001)), "data.count": list(range(100, 600))}
    with pytest.raises(BadStudy, match=r"1000 × 500 × 20 seeds are 10,000,000 runs; at most 1,000,000"):
        Study(BASE, vary=vary)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ([], "a table"),
        ({"sedes": 3}, "did you mean seeds"),
        ({"base": "data=circles"}, "a link is read by"),
        ({"base": {"layers": 3}}, "base.layers"),
    ],
)
def test_what_is_no_study_is_one_sentence(data: Any, told: str) -> None:
    with pytest.raises(BadStudy, match=told):
        Study.from_json(data)


FOREST = {"random": 1, "completely_random": 0, "trees": 2, "levels": 3, "folds": 2}


def test_a_forest_stands_beside_networks_its_nodes_as_its_parameters() -> None:
    asked = Study({"data": {"name": "circles", "count": 60}}, vary={"forest": [False, FOREST]}, seeds=2, epochs=2)
    rows = list(asked.run())
    assert [row["forest"] for row in rows] == [False, False, FOREST, FOREST]
    for row in rows[2:]:
        config = Config.from_json({"data": {"name": "circles", "count": 60}, "forest": FOREST})
        grower = Grower(replace(config, seeds=Seeds(row["data_seed"], row["run_seed"]))).run(2)
        assert row["parameters"] == grower.network.parameter_count
        assert (row["test_accuracy"], row["epoch"]) == (grower.evaluate().test_accuracy, 2)
        assert row["multiply_adds"] is None
    assert rows[0]["multiply_adds"] > 0
    network, forest = summaries(rows, asked.paths, 2)
    assert forest.parameters == sum(row["parameters"] for row in rows[2:]) // 2
    assert (network.multiply_adds, forest.multiply_adds) == (rows[0]["multiply_adds"], None)


def test_what_a_forest_has_not_got_cannot_be_varied_with_it() -> None:
    with pytest.raises(BadStudy, match="leads nowhere"):
        Study(vary={"layers.neuron": ["linear", "square"], "forest": [FOREST]}, seeds=1)
