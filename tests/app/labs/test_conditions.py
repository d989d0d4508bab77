"""Conditions are decided from a Config and figures alone, and what is written wrongly is said with its place."""

import math

import pytest

from app.labs.conditions import KINDS, QUANTITIES, BadLab, Condition, Figures, all_hold, conditions, figures_of
from app.links import link
from nncore.certainty import far_certainty
from nncore.errors import UnknownName
from nncore.trainer import Trainer

CONFIG = link.read("data=xor&layers=4,2&neuron=linear,product&activation=tanh&rate=0.03").config
FIGURES = Figures(30, 0.2, 0.3, 0.97, 0.9)


def holds(**condition: object) -> bool:
    return Condition.from_json(condition, "goal").holds(CONFIG, FIGURES)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"what": "test_accuracy", "at_least": 0.9}, True),
        ({"what": "test_accuracy", "at_least": 0.91}, False),
        ({"what": "epoch", "at_most": 30}, True),
        ({"what": "layers", "at_least": 3}, False),
        ({"what": "units", "at_most": 6}, True),
        ({"what": "width", "at_most": 4}, True),
        ({"what": "learning_rate", "at_most": 0.03}, True),
        ({"what": "data", "only": ["xor"]}, True),
        ({"what": "data", "without": ["xor"]}, False),
        ({"what": "hidden_neurons", "has": ["product"]}, True),
        ({"what": "hidden_neurons", "only": ["linear"]}, False),
        ({"what": "output_neuron", "only": ["linear", "square"]}, True),
        ({"what": "activations", "without": ["relu"]}, True),
    ],
)
def test_each_way_of_comparing(condition: dict[str, object], expected: bool) -> None:
    assert holds(**condition) is expected


def test_what_is_not_there_never_holds() -> None:
    nothing = Figures(0, 1.0, 1.0, math.nan, math.nan)
    for how in ("at_least", "at_most"):
        assert not Condition("test_accuracy", how, 0.5).holds(CONFIG, nothing)
    bare = link.read("layers=0").config
    assert not Condition("activations", "only", ("tanh",)).holds(bare, FIGURES)


def test_steps_are_those_of_the_spiking_neuron_that_takes_most() -> None:
    config = link.read("layers=4,4,2&neuron=spiking:steps:8,spiking:steps:20,linear").config
    assert Condition("steps", "at_least", 1).now(config, FIGURES) == 20
    assert Condition("steps", "at_least", 1).now(link.read("layers=4").config, FIGURES) == 0


def test_zero_weights_are_those_that_are_nothing_to_the_last_digit_and_no_biases() -> None:
    trainer = Trainer(link.read("data=xor&layers=3&init=zeros").config)
    # Nine weights, each 0, and four biases, each 0 as well.
    assert figures_of(trainer).zero_weights == 9
    trainer.network.theta[:2] = 1e-9
    assert figures_of(trainer).zero_weights == 7
    assert Condition("zero_weights", "at_least", 7).holds(CONFIG, figures_of(trainer))


def test_penalties_can_be_asked_for() -> None:
    pulled = link.read("l1=0.03&l2=0.1").config
    assert Condition("l1", "at_most", 0.03).holds(pulled, FIGURES)
    assert not Condition("l2", "at_most", 0.03).holds(pulled, FIGURES)


def test_a_run_that_diverged_says_so() -> None:
    assert Condition("diverged", "at_least", 1).holds(CONFIG, Figures(3, 1.0, 1.0, 0.5, 0.5, True))
    assert not holds(what="diverged", at_least=1)


def test_every_quantity_and_kind_can_be_asked() -> None:
    for what in QUANTITIES:
        assert isinstance(Condition(what, "at_least", 0).now(CONFIG, FIGURES), (int, float)), what
    for what in KINDS:
        assert Condition(what, "has", ()).now(CONFIG, FIGURES), what


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"at_least": 1}, "goal: must say what it is about"),
        ({"what": "epoch"}, "goal: must have one of at_least, at_most"),
        ({"what": "epoch", "only": ["a"]}, r"goal\.only: does not belong here"),
        (
            {"what": "neurons", "at_least": 1},
            r"goal\.at_least: does not belong here; available: what, only, has, without",
        ),
    ],
)
def test_a_slip_is_said_with_its_place(data: dict[str, object], said: str) -> None:
    with pytest.raises(BadLab, match=said):
        Condition.from_json(data, "goal")


def test_an_unknown_quantity_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean 'test_accuracy'"):
        conditions([{"what": "test_acuracy", "at_least": 1}], "goal")


def test_figures_are_the_run_s_own() -> None:
    trainer = Trainer(CONFIG).run(3)
    found, metrics = figures_of(trainer), trainer.evaluate()
    assert (found.epoch, found.test_accuracy, found.train_loss) == (3, metrics.test_accuracy, metrics.train_loss)
    assert found.far == far_certainty(trainer)
    assert all_hold(conditions([{"what": "epoch", "at_least": 3}], "goal"), CONFIG, found)


def test_how_sure_it_is_far_away_is_a_share_and_of_values_there_is_none() -> None:
    assert Condition("far", "at_most", 0.9).holds(CONFIG, Figures(0, 1.0, 1.0, 0.5, 0.5, far=0.9))
    values = Trainer(link.read("data=hills&count=40&layers=2").config)
    assert not Condition("far", "at_least", 0).holds(values.config, figures_of(values))


def test_points_are_counted() -> None:
    config = link.read("data=moons&count=60").config
    assert Condition("count", "at_least", 0).now(config, FIGURES) == 60


def test_the_leash_is_as_strong_as_it_was_set() -> None:
    assert Condition("l2", "at_least", 0).now(link.read("l2=0.01").config, FIGURES) == 0.01
    assert Condition("l2", "at_most", 0).holds(link.read("l1=0.01").config, FIGURES)
