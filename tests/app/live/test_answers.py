"""Answers about a run are its own numbers, finite, and looked at without touching it."""

import json
import math
import re
from itertools import count
from typing import Any
from weakref import WeakSet

import numpy as np
import pytest

from app.errors import OutOfOrder
from app.labs.registry import find
from app.links import link
from app.live.answers import AGAIN_SECONDS, CHECKS_AT_ONCE, PLACEHOLDER, Answers, Long
from app.live.commands import Ask
from app.live.events import encode
from nncore import snapshot
from nncore.config import Config
from nncore.errors import InputError
from nncore.gradcheck import MOST_PARAMETERS, central_differences
from nncore.layer import views
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.tape import Array
from nncore.trainer import Trainer
from nncore.weights import weights_of

SMALL: dict[str, Any] = {"layers": [{"units": 3}, {"units": 2}], "data": {"name": "xor", "count": 40}}


def trainer_of(config: dict[str, Any] = SMALL, epochs: int = 2) -> Trainer:
    return Trainer(Config.from_json(config)).run(epochs)


def answer_to(trainer: Trainer, what: str, **fields: Any) -> dict[str, Any]:
    """The answer as a client reads it."""
    (answer,) = Answers().ask(trainer, Ask(id=7, what=what, **fields))
    told: dict[str, Any] = json.loads(encode(answer))
    assert (told["type"], told["id"], told["what"]) == ("answer", 7, what)
    return told


@pytest.mark.parametrize("neuron", NEURONS)
def test_a_unit_is_told_with_its_numbers_and_a_formula_that_holds_their_places(neuron: str) -> None:
    layer = {"units": 3, "neuron": neuron, "activation": "prelu", "norm": "layer_norm"}
    trainer = trainer_of(SMALL | {"layers": [layer], "output": {"neuron": neuron}})
    theta = trainer.network.theta.copy()
    for at, unit in ((0, 2), (1, 0)):
        told = answer_to(trainer, "unit", layer=at, unit=unit)
        assert told["neuron"] == neuron
        arrays = dict(trainer.network.parameters())
        name = "output" if at else "layers.0"
        for weight, value in zip(told["weights"], told["values"], strict=True):
            assert value == pytest.approx(arrays[f"{name}.{weight['param']}"][tuple(weight["index"])], rel=1e-6)
        places = [int(number) - PLACEHOLDER for number in re.findall(r"<mn>(9\d{4})</mn>", told["formula_mathml"])]
        assert places
        assert set(places) <= set(range(len(told["weights"])))
    assert (trainer.network.theta == theta).all()


def test_weights_are_a_units_numbers_alone_and_the_length_of_their_last_gradient() -> None:
    trainer = trainer_of()
    told = answer_to(trainer, "weights", layer=0, unit=1)
    assert told.keys() == {"type", "id", "what", "layer", "unit", "values", "gradient"}
    W = trainer.network.layers[0].neuron_blocks[0]
    assert told["values"] == pytest.approx(W.view(trainer.network.theta)[1])
    assert told["gradient"] > 0


PULLED: dict[str, Any] = {"l1": 0.02, "l2": 0.3}


def matrices(flat: Array, units: tuple[int, ...]) -> list[Array]:
    """The matrices (units, fan_in + 1) of layers of so many linear units, one after the other, on two inputs."""
    cuts = np.cumsum([rows * (before + 1) for rows, before in zip(units, (2, *units), strict=False)])
    return [part.reshape(rows, -1) for part, rows in zip(np.split(flat, cuts[:-1]), units, strict=True)]


def loss_of(arrays: list[Array], x: Array, y: Array, config: dict[str, Any]) -> float:
    """The loss of a network of tanh units on points x (n, 2) of classes y, with its penalties: by the formulas."""
    a = x
    for W in arrays:
        z = a @ W[:, :-1].T + W[:, -1]
        a = np.tanh(z)
    penalty = sum(
        config.get("l1", 0) * np.abs(W[:, :-1]).sum() + config.get("l2", 0) / 2 * (W[:, :-1] ** 2).sum() for W in arrays
    )
    return float(np.log1p(np.exp(np.where(y == 1, -z[:, 0], z[:, 0]))).mean() + penalty)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("extra", [{}, PULLED, {"clip": 0.01}])
def test_the_gradient_told_is_that_of_the_last_step_s_batch_whatever_the_optimiser(
    optimizer: str, extra: dict[str, Any]
) -> None:
    config = {**SMALL, "batch": 7, "shuffle": False, "optimizer": optimizer, **extra}
    trainer = Trainer(Config.from_json(config), dtype=np.float64)
    trainer.advance(4)
    theta, batch = trainer.network.theta.copy(), slice(7, 14)
    trainer.advance(1)
    x, y = trainer.split.train_x[batch], trainer.split.train_y[batch]
    gradient = central_differences(lambda: loss_of(matrices(theta, (3, 2, 1)), x, y, extra), theta)
    if "clip" in extra:
        gradient *= extra["clip"] / np.linalg.norm(gradient)
    for layer, rows in enumerate(matrices(gradient, (3, 2, 1))):
        for unit, row in enumerate(rows):
            told = answer_to(trainer, "weights", layer=layer, unit=unit)
            assert told["gradient"] == pytest.approx(np.linalg.norm(row), rel=1e-4, abs=1e-9)


def test_adam_s_gradient_is_not_its_square() -> None:
    config = {"layers": [{"units": 8}, {"units": 8}], "optimizer": "adam", "batch": 250, "shuffle": False}
    trainer = Trainer(Config.from_json(config))
    trainer.advance(19)
    theta = trainer.network.theta.astype(np.float64)
    trainer.advance(1)
    x, y = trainer.split.train_x, trainer.split.train_y
    gradient = central_differences(lambda: loss_of(matrices(theta, (8, 8, 1)), x, y, {}), theta)
    told = answer_to(trainer, "weights", layer=0, unit=0)
    assert told["gradient"] == pytest.approx(np.linalg.norm(gradient[:3]), rel=1e-3)
    assert told["gradient"] > 1e-4


def test_there_is_no_gradient_before_the_first_step_nor_after_a_reset_or_in_an_opened_run() -> None:
    trainer = trainer_of(epochs=0)
    assert answer_to(trainer, "weights", layer=0, unit=1)["gradient"] is None
    trainer.run(1)
    assert answer_to(trainer, "weights", layer=0, unit=1)["gradient"] > 0
    opened = snapshot.load(snapshot.save(trainer))
    assert answer_to(opened, "weights", layer=0, unit=1)["gradient"] is None
    opened.advance(1)
    assert answer_to(opened, "weights", layer=0, unit=1)["gradient"] > 0
    trainer.reset()
    assert answer_to(trainer, "weights", layer=0, unit=1)["gradient"] is None


def test_a_unit_that_cannot_learn_has_a_gradient_of_zero_not_none() -> None:
    dead = trainer_of(SMALL | {"layers": [{"units": 3, "activation": "relu"}, {"units": 2, "activation": "relu"}]}, 0)
    dead.network.theta[...] = -1.0
    dead.advance(1)
    assert answer_to(dead, "weights", layer=0, unit=1)["gradient"] == 0.0


def test_numbers_that_are_not_finite_are_told_as_null() -> None:
    trainer = trainer_of()
    trainer.network.theta[...] = np.nan
    trainer.gradient = np.full_like(trainer.network.grad, np.inf)
    told = answer_to(trainer, "weights", layer=0, unit=1)
    assert (told["values"], told["gradient"]) == ([None] * 3, None)


def test_a_trace_is_what_the_network_says_of_a_place() -> None:
    trainer = trainer_of()
    told = answer_to(trainer, "trace", point=[0.25, -0.5])
    assert told["inputs"] == [0.25, -0.5]
    assert [len(values) for values in told["layers"]] == [3, 2]
    assert told["prediction"] == pytest.approx(trainer.predict([[0.25, -0.5]]).tolist(), rel=1e-5)


def test_a_raster_is_how_a_unit_fires_at_a_place() -> None:
    """The membrane as its recipe has it, in plain steps from the weights that `weights` tells."""
    layers = [
        {"units": 3, "neuron": {"name": "spiking", "steps": 6, "beta": 0.5}, "bias": bias} for bias in (True, False)
    ]
    trainer = Trainer(Config.from_json({"layers": layers}))
    dict(trainer.network.parameters())["layers.0.W"][1] = [1.0, -2.0, 0.25]
    told = answer_to(trainer, "raster", layer=0, unit=1, point=[0.25, -0.5])
    assert {key: told[key] for key in ("layer", "unit", "point", "threshold")} == {
        "layer": 0,
        "unit": 1,
        "point": [0.25, -0.5],
        "threshold": 1.0,
    }
    assert told["current"] == 1.5
    membrane, fired, u, s = [], [], 0.0, False
    for _ in range(6):
        u = 0.5 * u + 1.5 - s
        s = u > 1
        membrane.append(u)
        fired.append(s)
    assert told["membrane"] == pytest.approx(membrane)
    assert told["fired"] == fired
    assert len(answer_to(trainer, "raster", layer=1, unit=2, point=[0, 0])["membrane"]) == 6


def test_a_unit_says_whether_it_fires() -> None:
    layers = [{"units": 2, "neuron": "spiking"}, {"units": 2}]
    trainer = Trainer(Config.from_json({"layers": layers}))
    assert [answer_to(trainer, "unit", layer=layer, unit=0)["fires"] for layer in range(3)] == [True, False, False]


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"what": "raster", "layer": 0, "unit": 0, "point": [0.0, 0.0]}, "unit"),
        ({"what": "unit", "layer": 3, "unit": 0}, "layer"),
        ({"what": "weights", "layer": 0, "unit": 3}, "unit"),
        ({"what": "trace", "point": [0.0, 1.5]}, "point"),
    ],
)
def test_what_is_not_there_is_refused(fields: dict[str, Any], path: str) -> None:
    with pytest.raises(InputError) as caught:
        Answers().ask(trainer_of(), Ask(id=1, **fields))
    assert (caught.value.code, caught.value.path) == ("range", path)


def test_a_gradient_check_is_done_in_turns_one_at_a_time() -> None:
    trainer, answers, ticks = trainer_of(), Answers(), count()
    assert answers.ask(trainer, Ask(id=3, what="gradcheck")) == []
    assert answers.pending
    with pytest.raises(OutOfOrder):
        answers.ask(trainer, Ask(id=4, what="gradcheck"))
    turns = 1
    while not (out := answers.advance(trainer, lambda: float(next(ticks)), next(ticks) + 3.0)):
        turns += 1
    assert (turns > 3, answers.pending) == (True, False)
    (answer,) = out
    assert answer.id == 3
    assert answer.answer["worst"] < 1e-5
    assert answer.answer["parameters"] == trainer.network.parameter_count
    assert answer.answer["own"] == []


def test_so_many_checks_are_under_way_at_once_and_one_more_waits() -> None:
    checks: WeakSet[Long] = WeakSet()
    trainer, now = trainer_of(), 0.0
    asked = [Answers(checks) for _ in range(CHECKS_AT_ONCE + 1)]
    for answers in asked:
        answers.ask(trainer, Ask(id=1, what="gradcheck"))
        assert answers.due == -math.inf
        assert answers.advance(trainer, lambda: now, now) == []
    *working, waiting = asked
    assert len(checks) == CHECKS_AT_ONCE
    assert [answers.due for answers in working] == [-math.inf] * CHECKS_AT_ONCE
    assert waiting.due == now + AGAIN_SECONDS
    # Whose page is closed gives its place back, like who is done.
    del answers, working[0], asked
    assert len(checks) == CHECKS_AT_ONCE - 1
    assert waiting.advance(trainer, lambda: now, now) == []
    assert len(checks) == CHECKS_AT_ONCE
    (answer,) = waiting.advance(trainer, lambda: now, 1.0)
    assert answer.answer["worst"] < 1e-5


def test_kinds_with_gradients_of_their_own_are_named() -> None:
    answers = Answers()
    layers = [{"units": 2, "neuron": "adder"}, {"units": 2, "activation": "step"}]
    trainer = trainer_of(SMALL | {"layers": layers})
    answers.ask(trainer, Ask(id=1, what="gradcheck"))
    (answer,) = answers.advance(trainer, lambda: 0.0, 1.0)
    assert answer.answer["own"] == ["adder", "step"]


def test_a_large_network_is_not_checked() -> None:
    layers = [{"units": 50}, {"units": MOST_PARAMETERS // 50}]
    with pytest.raises(InputError, match="at most 5000 parameters"):
        Answers().ask(trainer_of(SMALL | {"layers": layers}, 0), Ask(id=1, what="gradcheck"))


def test_a_run_that_is_gone_is_not_answered_about() -> None:
    trainer, answers = trainer_of(), Answers()
    answers.ask(trainer, Ask(id=1, what="gradcheck"))
    answers.forget()
    assert answers.advance(trainer, lambda: 0.0, 1.0) == []


def test_a_lab_s_goal_is_decided_from_the_run_as_it_is() -> None:
    lab = find("depth_without_activation")
    number = next(number for number, step in enumerate(lab.steps, 1) if step.id == "mend")
    trainer = Trainer(link.read(lab.opening).config)
    told = answer_to(trainer, "goal", lab=lab.name, step=number)
    assert (told["met"], told["conditions"], told["hint"]) == (False, [False, True, True], 0)
    assert told["now"] == [trainer.evaluate().test_accuracy, ["xor"], ["linear"]]
    solution = lab.step(number).solution
    assert solution is not None
    solved = Trainer(link.read(solution.link).config).run(solution.epochs)
    told = answer_to(solved, "goal", lab=lab.name, step=number)
    assert (told["met"], told["epoch"], told["hint"]) == (True, solution.epochs, None)


def test_far_from_the_points_nobody_looks_whose_goal_does_not_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it does, the number is that of the places along the edge, of which the middle one counts."""
    looks: list[Any] = []

    def predict(points: Any) -> Array:
        looks.append(points)
        return np.linspace(0.5, 0.7, len(points))

    for name, expected in (("learning_by_heart", None), ("confident_nonsense", 0.6)):
        lab = find(name)
        number = next(number for number, step in enumerate(lab.steps, 1) if step.goal)
        trainer = Trainer(link.read(lab.opening).config)
        monkeypatch.setattr(trainer, "predict", predict)
        told = answer_to(trainer, "goal", lab=name, step=number)
        wanted = [one.what for one in lab.step(number).goal]
        assert (told["now"][wanted.index("far")] if "far" in wanted else None) == expected
        assert len(looks) == (expected is not None)


def test_a_goal_that_was_reached_and_left_between_two_questions_is_reached() -> None:
    """As `neuron-playground lab --check` has it: at the end of any epoch."""
    lab = find("learning_by_heart")
    number = next(number for number, step in enumerate(lab.steps, 1) if step.id == "heart")
    config = link.read(lab.opening).config
    epochs = 300
    one_by_one = Trainer(config)
    shares = [float(one_by_one.run(1).evaluate().train_accuracy or 0) for _ in range(epochs)]
    wanted = lab.step(number).goal[0].value
    assert isinstance(wanted, float)
    first = next(epoch for epoch, share in enumerate(shares, 1) if share >= wanted)
    # It left the goal again, or goes on until it does.
    last = next(epoch for epoch in range(first + 1, epochs) if shares[epoch - 1] < wanted)
    question = Ask(id=1, what="goal", lab=lab.name, step=number)

    def told(answers: Answers, trainer: Trainer) -> tuple[Any, ...]:
        (answer,) = answers.ask(trainer, question)
        body = json.loads(encode(answer))
        return body["met"], body["epoch"], body["now"][0]

    answers, trainer = Answers(), Trainer(config)
    assert told(answers, trainer)[:2] == (False, 0)
    trainer.run(last)
    assert told(answers, trainer) == (True, first, pytest.approx(shares[first - 1]))
    # Asked about already: it counts no more.
    assert told(answers, trainer) == (False, last, pytest.approx(shares[last - 1]))

    # Another experiment from then on: neither a changed run nor a new step has reached what the old one did.
    for changes in (True, False):
        answers, trainer = Answers(), Trainer(config)
        if changes:
            told(answers, trainer)
        trainer.run(last)
        answers.begin_at(last)
        assert told(answers, trainer)[:2] == (False, last)


def test_a_lab_or_a_step_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="there is no lab called 'x'"):
        answer_to(trainer_of(), "goal", lab="x", step=1)
    with pytest.raises(InputError, match="must be from 1 to 7"):
        answer_to(trainer_of(), "goal", lab="depth_without_activation", step=8)


def test_health_is_told_for_every_layer_and_counts_a_unit_that_no_point_can_move() -> None:
    trainer = trainer_of(SMALL | {"layers": [{"units": 4, "activation": "relu"}, {"units": 2, "activation": "tanh"}]})
    first = trainer.network.layers[0]
    # A bias far below all: the first unit is never active.
    bias = next(one for one in weights_of(first, 0) if not one.inputs)
    views(first.blocks, trainer.network.theta)[bias.param][bias.index] = -100.0
    answer = answer_to(trainer, "health")
    assert [len(answer[name]) for name in ("gradient", "dead", "saturated")] == [3, 3, 3]
    assert answer["dead"][0] >= 0.25
    assert answer["dead"][1:] == [0.0, 0.0]
    assert min(answer["gradient"]) > 0
