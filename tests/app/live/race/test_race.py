"""The race machine under a clock that tests wind: lanes in step, each as it would be alone, frames, ends."""

from typing import Any

import numpy as np
import pytest

from app.links import race_link
from app.live.events import LinedUp, Notice, Refused, Standing
from app.live.machine import Outgoing
from nncore.config import Config
from nncore.study.repeats import Repeats
from nncore.trainer import Trainer
from tests.app.live.race.talk import (
    HOT,
    SETTINGS,
    TWO,
    UNEQUAL,
    VIEW,
    Talk,
    alone,
    assert_equal_to_the_bit,
    events,
    frames_of,
    lined_up,
    trainers,
)


@pytest.mark.parametrize("link", [TWO, UNEQUAL])
@pytest.mark.parametrize("pixels", [0, 40])
def test_every_lane_is_what_it_is_alone_to_the_bit_however_it_is_watched(link: str, pixels: int) -> None:
    talk = lined_up(link, play=True)
    talk.say("view", output_pixels=pixels + 4, visible=pixels > 0)
    talk.turn()
    talk.say("pause")
    talk.say("step", epochs=3)
    talk.while_due()
    talk.say("play")
    out = talk.while_due()
    assert [one.key for one in events(out, Notice)] == ["say.race_finished"]
    assert_equal_to_the_bit(trainers(talk), alone(link, 30))


def test_lanes_go_in_step_by_epochs_whatever_a_batch_of_each_costs() -> None:
    talk = lined_up(UNEQUAL, play=True)
    apart = []
    while talk.race._playback.training:
        talk.turn()
        progress = [lane.progress for lane in talk.race._field.lanes]
        apart.append(max(progress) - min(progress))
    assert max(apart) <= 1.0
    assert {lane.trainer.epoch for lane in talk.race._field.lanes} == {30}


def test_frames_name_their_lane_and_show_its_run() -> None:
    talk = lined_up()
    talk.say("step", epochs=2)
    shown = {body["lane"]: (body, arrays) for body, arrays in frames_of(talk.while_due())}
    for name, run in zip("ab", alone(TWO, 2), strict=True):
        body, arrays = shown[name]
        metrics = run.evaluate()
        assert (body["epoch"], body["loss"]["train"]) == (2, metrics.train_loss)
        assert body["accuracy"]["test"] == metrics.test_accuracy
        assert arrays["output"].shape == (4, 4)


def test_frames_say_how_long_an_epoch_of_their_lane_takes() -> None:
    talk = lined_up()
    talk.say("step", epochs=1)
    shown = frames_of(talk.while_due())
    assert all(body["epoch_seconds"] > 0 for body, _ in shown)


def test_a_client_that_acknowledges_nothing_is_sent_two_frames_a_lane_and_the_race_goes_on() -> None:
    talk = Talk()
    talk.acknowledging = False
    talk.say("race", link=TWO, view=VIEW, play=True)
    sent = [body["lane"] for body, _ in frames_of(talk.while_due())]
    assert sorted(sent) == ["a", "a", "b", "b"]
    assert trainers(talk)[0].epoch == 30
    assert [body["epoch"] for body, _ in frames_of(talk.say("ack", frame=4) + talk.while_due())] == [30, 30]


def test_a_speed_holds_for_all_lanes_together() -> None:
    talk = lined_up(UNEQUAL, speed=10.0)
    talk.say("play")
    begun = talk.clock.now
    while talk.clock.now < begun + 1.0:
        talk.turn()
        talk.clock.now += 0.005
    assert all(8 <= run.epoch <= 11 for run in trainers(talk))


def test_a_lane_that_solves_it_says_so_once_with_its_first_epoch() -> None:
    link = "data=circles&count=100&layers=4&rate=0.1&epochs=60&b.neuron=quadratic&bar=0.9"
    talk = lined_up(link, play=True)
    told = events(talk.while_due(), Standing)
    for name, run in zip("ab", race_link.read(link).lanes, strict=True):
        outcome = Repeats(run, [run.seeds], 60, bar=0.9)
        while outcome.advance(1000):
            pass
        expected = outcome.outcomes()[0].solved_epoch
        assert [one.solved for one in told if one.lane == name] == ([] if expected is None else [expected])
    assert any(one.lane == "b" for one in told)


def test_a_lane_that_diverges_stops_alone() -> None:
    link = HOT + "&b.neuron=linear&b.rate=0.03"
    talk = lined_up(link, play=True)
    out = talk.while_due()
    first, second = alone(link, 30)
    assert first.diverged is not None
    assert second.diverged is None
    fallen = [one for one in events(out, Standing) if one.diverged]
    assert [(one.lane, one.diverged["epoch"], one.diverged["layer"]) for one in fallen] == [
        ("a", first.diverged.epoch, first.diverged.layer)
    ]
    assert_equal_to_the_bit(trainers(talk), [first, second])


def test_a_race_in_which_every_lane_diverges_is_over_and_a_reset_begins_anew() -> None:
    talk = lined_up(HOT + "&b.batch=8", play=True)
    out = talk.while_due()
    assert [one.key for one in events(out, Notice)] == ["say.race_lost"]
    for command in ("play", "step"):
        (answer,) = talk.say(command)
        assert isinstance(answer, Refused)
        assert "every lane has diverged" in answer.message
    talk.say("reset")
    talk.while_due()
    assert [run.epoch for run in trainers(talk)] == [0, 0]
    assert all(run.diverged is None for run in trainers(talk))


def test_a_new_race_takes_the_place_of_the_old_one() -> None:
    talk = lined_up(play=True)
    talk.turn()
    answer = talk.say("race", link=TWO + "&noise=0.2&c.neuron=kan", view=VIEW)[0]
    assert isinstance(answer, LinedUp)
    assert ([lane["epoch"] for lane in answer.lanes], answer.playing) == ([0, 0, 0], False)
    assert "neuron" in answer.differences


def test_a_lane_may_have_points_of_its_own_which_is_told() -> None:
    link = TWO + "&b.noise=0.3&c.neuron=kan&c.data_seed=4&d.neuron=kan"
    answer = Talk().say("race", link=link, view=VIEW)[0]
    assert isinstance(answer, LinedUp)
    assert answer.differences == ("noise", "neuron", "data_seed")
    own = [lane["points"] for lane in answer.lanes]
    assert (own[0], own[3]) == (None, None)
    assert own[1] != own[2]
    assert own[1] != answer.points
    for lane, config in zip(own[1:3], race_link.read(link).lanes[1:3], strict=True):
        split = Trainer(config).split
        assert np.allclose([point[:2] for point in lane["train"]], split.train_x, atol=1e-3)


def test_a_link_may_show_a_race_from_a_later_epoch_on() -> None:
    talk = Talk()
    answer = talk.say("race", link=TWO + "&at=7", view=VIEW)[0]
    assert isinstance(answer, LinedUp)
    assert answer.target == 7
    assert "at=" not in (answer.link or "")
    talk.while_due()
    assert_equal_to_the_bit(trainers(talk), alone(TWO, 7))


@pytest.mark.parametrize(("at", "finished"), [(29, []), (30, ["say.race_finished"]), (31, [])])
def test_a_race_that_is_shown_at_its_end_is_over(at: int, finished: list[str]) -> None:
    talk = Talk()
    talk.say("race", link=f"{TWO}&at={at}", view=VIEW)
    out = talk.while_due()
    assert [one.key for one in events(out, Notice)] == finished


def test_lanes_may_be_given_as_configs_with_a_budget_that_they_come_near_to() -> None:
    lanes = [Config.from_json({"layers": [{"units": 8, "neuron": kind}] * 2}) for kind in ("linear", "quadratic")]
    talk = Talk()
    (answer, *_) = talk.say(
        "race", lanes=[lane.to_json() for lane in lanes], budget={"measure": "parameters", "target": 105}, view=VIEW
    )
    assert isinstance(answer, LinedUp)
    # 2-8-8-1: 24 + 72 + 9. Quadratic, 2 * (3 n) - n + 2 * n² + ... the nearest of all widths, counted one by one.
    assert answer.lanes[0]["parameters"] == 105
    sizes = {}
    for width in range(1, 17):
        layers = [{"units": width, "neuron": "quadratic"}] * 2
        sizes[width] = Trainer(Config.from_json({"layers": layers})).network.parameter_count
    nearest = min(sizes.values(), key=lambda size: abs(size - 105))
    assert answer.lanes[1]["parameters"] == nearest
    assert answer.budget is not None
    assert answer.budget["lanes"][1]["size"] == nearest


@pytest.mark.parametrize(
    ("fields", "path", "words"),
    [
        ({"link": "&".join([TWO, *(f"{name}.neuron=kan" for name in "cdefg")])}, "g.neuron", "there is no lane 'g'"),
        ({"link": TWO + "&b.data=plane&b.loss=mse"}, "lanes.b.data", "classes and values cannot be compared"),
        ({"link": TWO + "&at=99999"}, "at", "at most 2000"),
        ({"link": "neuron=kan"}, "", "names no lane"),
        ({"link": TWO + "&c.neuron=quadratc"}, "c.neuron", "quadratic"),
        ({"link": TWO + "&b.layers=99"}, "lanes.b.layers[0].units", "at most 16"),
        ({"link": TWO.replace("epochs=30", "epochs=0")}, "epochs", "1"),
        ({"lanes": [{}] * 7}, "lanes", "from 2 to 6 lanes, not 7"),
        ({"lanes": [{}]}, "lanes", "from 2 to 6 lanes, not 1"),
        ({"lanes": [{}, {"batch": 0}]}, "lanes.b.batch", "1"),
        ({"lanes": [{}, {}], "budget": {"measure": "weight", "target": 5}}, "budget", "parameters"),
        ({"lanes": [{}, {}], "budget": {"measure": "parameters"}}, "budget.target", "is required"),
        ({"lanes": [{}, {}], "link": TWO}, "link", "one of them"),
        ({}, "link", "one of them"),
        ({"link": TWO, "view": {"inspect": {"layer": 0, "unit": 0}}}, "view.inspect", "not shown in a race"),
        ({"uploaded": 5}, "uploaded", "0"),
    ],
)
def test_what_is_no_race_is_refused_in_a_sentence_and_changes_nothing(
    fields: dict[str, Any], path: str, words: str
) -> None:
    talk = lined_up()
    before = trainers(talk)
    (answer,) = talk.say("race", **{"view": VIEW} | fields)
    assert isinstance(answer, Refused), answer
    assert (answer.path, answer.command) == (path, "race")
    assert words in answer.message
    assert trainers(talk) == before


@pytest.mark.parametrize("command", ["until", "change", "edit", "ask"])
def test_what_a_race_does_not_know_is_refused(command: str) -> None:
    fields: dict[str, dict[str, Any]] = {
        "until": {"at": 5},
        "change": {"path": "batch", "value": 5},
        "edit": {"layer": 0, "param": "W", "index": [0, 0], "value": 1.0},
        "ask": {"id": 1, "what": "gradcheck"},
    }
    (answer,) = lined_up().say(command, **fields[command])
    assert isinstance(answer, Refused)
    assert f"a race does not know {command}" in answer.message


def test_before_a_race_nothing_is_obeyed() -> None:
    (answer,) = Talk().say("play")
    assert isinstance(answer, Refused)
    assert answer.code == "order"


def test_nobody_watching_pauses_it() -> None:
    talk = lined_up()
    talk.say("speed", epochs_per_second=0.1)
    talk.say("play")
    talk.acknowledging = False
    out: list[Outgoing] = []
    for _ in range(70):
        talk.clock.now += 1.0
        out += talk.turn()
    assert [one.key for one in events(out, Notice)] == ["say.unwatched"]
    assert not talk.race._playback.training


def test_lanes_that_take_too_much_memory_together_are_refused() -> None:
    settings = SETTINGS.model_copy(update={"session_bytes": 1_000_000})
    link = "data=circles&count=2000&layers=16,16&b.neuron=quadratic&c.neuron=kan&d.run_seed=2&e.run_seed=3"
    (answer,) = Talk(settings).say("race", link=link, view=VIEW)
    assert isinstance(answer, Refused)
    assert "MB" in answer.message
