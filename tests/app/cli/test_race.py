"""A race from the command line: its figures are those of the runs alone, its mistakes one sentence each."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.cli import race as command
from app.cli.race import race_of, report, run
from app.errors import UsageError
from app.links import link, race_link
from nncore.study.repeats import Repeats
from nncore.study.standing import standing
from nncore.study.statistics import wilson
from nncore.trainer import Trainer

EASY = "data=circles&count=60&layers=4&neuron=quadratic"
HARD = "data=circles&count=60&layers=4&neuron=linear"


def outcome(*links: str, **options: Any) -> dict[str, Any]:
    race = race_of(links, **{"seeds": 5, "epochs": 8, **options})
    standings, stopped = run(race)
    told: dict[str, Any] = json.loads(report(race, standings, stopped=stopped, as_json=True))
    return told


def test_every_run_is_the_one_that_its_link_replays() -> None:
    told = outcome(EASY, HARD)
    for lane in told["lanes"]:
        assert len({one["link"] for one in lane["runs"]}) == 5
        for one in lane["runs"]:
            trainer = Trainer(link.read(one["link"]).config).run(8)
            metrics = trainer.evaluate()
            assert one["loss"] == {"train": metrics.train_loss, "test": metrics.test_loss}
            assert one["accuracy"] == {"train": metrics.train_accuracy, "test": metrics.test_accuracy}
            solved = [int(row[0]) for row in trainer.history.since(0) if row[4] >= 0.95]
            assert one["solved_epoch"] == (solved[0] if solved else None)
        count = sum(one["solved_epoch"] is not None for one in lane["runs"])
        low, high = wilson(count, 5)
        assert lane["solved"] == {"count": count, "of": 5, "low": low, "high": high}
        assert (
            lane["test_accuracy"]["low"] <= lane["test_accuracy"]["interquartile_mean"] <= lane["test_accuracy"]["high"]
        )
    assert told["a_beats_b"] > 0.5
    assert told["differences"] == ["neuron"]
    assert [lane["parameters"] for lane in told["lanes"]] == [4 * 7 + 5, 4 * 3 + 5]
    assert [lane["cost"]["multiply_adds"] for lane in told["lanes"]] == [4 * 7 + 4, 4 * 2 + 4]


def test_the_race_s_own_link_gives_the_same_race() -> None:
    told = outcome(EASY, HARD)
    assert outcome(f"/race?{told['link']}", seeds=None, epochs=None) == told


def test_a_config_may_be_a_lane(tmp_path: Path) -> None:
    path = tmp_path / "lane.json"
    path.write_text(json.dumps(link.read(HARD).config.to_json()))
    assert outcome(EASY, str(path)) == outcome(EASY, HARD)


def test_fresh_points_are_drawn_if_asked() -> None:
    told = outcome(EASY, HARD, fresh_data=True)
    assert told["fresh"] == "data"
    assert [one["data_seed"] for one in told["lanes"][0]["runs"]] == [0, 1, 2, 3, 4]
    assert {one["data_seed"] for one in outcome(EASY, HARD)["lanes"][0]["runs"]} == {0}


def test_under_a_budget_every_lane_has_the_nearest_width() -> None:
    race = race_of([EASY, HARD], seeds=5, epochs=1, budget="parameters:65")
    assert [lane.layers[0].units for lane in race.lanes] == [8, 16]
    told = report(race, run(race)[0], stopped=False, as_json=False)
    assert "Budget: parameters, a 65 of 65, b 65 of 65." in told


def test_the_table_says_it_all() -> None:
    race = race_of([EASY, HARD], seeds=5, epochs=8)
    lines = report(race, run(race)[0], stopped=False, as_json=False).splitlines()
    assert "5 seeds a lane, 8 epochs" in lines[0]
    assert "the lanes differ in neuron" in lines[0]
    assert lines[2].split()[:2] == ["lane", "neurons"]
    assert lines[3].startswith("a     4 quadratic  ")
    assert " of 5 (" in lines[3]
    assert "not reached" in lines[4]
    assert lines[-1].startswith("A run of lane a is better than one of lane b with probability ")
    assert max(map(len, lines[2:5])) < 150


def test_a_regression_is_compared_by_its_loss_and_the_lower_one_is_better() -> None:
    told = outcome("data=hills&count=60&rate=0.03", "data=hills&count=60&rate=1e-05")
    assert told["lanes"][0]["solved"]["count"] == 0
    assert "test_loss" in told["lanes"][0]
    assert told["a_beats_b"] == 1.0


def test_of_three_lanes_it_is_not_told_how_likely_one_beats_another() -> None:
    assert outcome(EASY, HARD, EASY)["a_beats_b"] is None


def test_what_diverged_counts_as_unsolved_and_is_told() -> None:
    hot = "data=xor&count=40&layers=4,4,4,4&neuron=quadratic&activation=relu&optimizer=sgd&rate=10"
    told = outcome(hot, EASY)
    broken = [one for one in told["lanes"][0]["runs"] if one["diverged"]]
    assert told["lanes"][0]["diverged"] == len(broken) > 0
    assert told["lanes"][0]["median_epochs"] is None
    assert {one["solved_epoch"] for one in broken} == {None}
    assert all(one["epoch"] == one["diverged"]["epoch"] < 8 for one in broken)


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ctrl-C after the third turn."""
    turns, advance = iter(range(100)), Repeats.advance

    def until_it_comes(repeats: Repeats, batches: int) -> bool:
        if next(turns) == 3:
            raise KeyboardInterrupt
        return advance(repeats, batches)

    monkeypatch.setattr(command, "BATCHES", 3 * 2)
    with monkeypatch.context() as context:
        context.setattr(Repeats, "advance", until_it_comes)
        yield


@pytest.mark.usefixtures("interrupted")
def test_ctrl_c_keeps_what_there_is() -> None:
    race = race_of([EASY, HARD], seeds=5, epochs=8)
    standings, stopped = run(race)
    assert stopped
    assert [one.outcomes[0].epoch for one in standings] == [4, 2]
    assert "stopped early (a at epoch 4, b at epoch 2)" in report(race, standings, stopped=True, as_json=False)
    assert json.loads(report(race, standings, stopped=True, as_json=True))["stopped"] is True


def test_stopped_before_the_first_turn_there_is_nothing_to_tell_and_that_is_told() -> None:
    race = race_of([EASY, HARD], seeds=5, epochs=8)
    standings = [replace(one, outcomes=()) for one in run(replace(race, epochs=1))[0]]
    empty = [standing(one.name, one.config, [], 8) for one in standings]
    assert "stopped early (a not begun, b not begun)" in report(race, empty, stopped=True, as_json=False)
    assert json.loads(report(race, empty, stopped=True, as_json=True))["lanes"][0]["test_accuracy"]["low"] is None


@pytest.mark.parametrize(
    ("links", "options", "words"),
    [
        (["neuron=kan"], {}, "names no lane"),
        (["b.nuron=kan"], {}, "b.nuron: is not a key of a link; did you mean b.neuron?"),
        (["neuron=kan", "nuron=kan"], {}, "nuron=kan: nuron: is not a key of a link; did you mean neuron?"),
        (["neuron=kan"] * 7, {}, "must have from 2 to 6 lanes, not 7"),
        (["missing.json", "neuron=kan"], {}, "missing.json: no such file"),
        (["b.neuron=kan"], {"seeds": 4}, "--seeds: must be a whole number from 5 to 50, not 4"),
        (["b.neuron=kan"], {"epochs": 0}, "--epochs: must be a whole number from 1 to 1000000, not 0"),
        (["b.neuron=kan"], {"bar": 2.0}, "--bar: must be a number from 0 to 1, not 2.0"),
        (["b.neuron=kan"], {"budget": "200"}, "budget: must be free, or a measure and a number"),
        (
            ["b.forest=on"],
            {"budget": "parameters:200"},
            "b.layers: has no hidden layer whose width could meet a budget",
        ),
        (["b.forest=on&budget=parameters:200"], {}, "b.layers: has no hidden layer whose width could meet a budget"),
        (["data=plane&b.data=circles"], {}, "b.data: lane b has another task than lane a: classes and values cannot"),
    ],
)
def test_a_mistake_is_one_sentence(links: list[str], options: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        race_of(links, **options)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_link_of_the_other_playground_may_be_a_lane() -> None:
    race = race_of(["#activation=relu&networkShape=3&dataset=circle", EASY])
    assert race.lanes[0].layers[0].activation.name == "relu"
    assert race_link.differences(race.lanes)
