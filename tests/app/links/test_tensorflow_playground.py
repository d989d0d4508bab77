"""Links of TensorFlow Playground open as the same experiment, and what differs is told."""

from typing import Any

import pytest

from app.links.link import Link, write
from app.links.tensorflow_playground import KEYS, read
from nncore.config import Config
from nncore.errors import InputError
from nncore.trainer import Trainer

DEFAULT: dict[str, Any] = {
    "data": {"name": "classic", "rule": "circle", "scale": 6.0},
    "layers": [{"units": 4}, {"units": 2}],
    "loss": "mse",
    "optimizer": {"name": "sgd", "learning_rate": 0.03},
    "init": "uniform",
    "shuffle": False,
}
REGRESSION = {"data": {"name": "classic_values", "count": 1200, "scale": 6.0}}
FULL = (
    "activation=tanh&batchSize=10&dataset=circle&regDataset=reg-plane&learningRate=0.03&regularizationRate=0&noise=0"
    "&networkShape=4,2&showTestData=false&discretize=false&percTrainData=50&x=true&y=true&xTimesY=false"
    "&xSquared=false&ySquared=false&cosX=false&sinX=false&cosY=false&sinY=false&collectStats=false"
    "&problem=classification&initZero=false&hideText=false"
)


def layers(*units: int, activation: str = "tanh") -> list[dict[str, Any]]:
    return [{"units": count, "activation": activation} for count in units]


def data(rule: str, **fields: Any) -> dict[str, Any]:
    return {"data": {**DEFAULT["data"], "rule": rule, **fields}}


def rate(value: float) -> dict[str, Any]:
    return {"optimizer": {"name": "sgd", "learning_rate": value}}


@pytest.mark.parametrize(
    ("link", "differs"),
    [
        (FULL, {}),
        ("dataset=circle", {}),
        ("dataset=spiral&networkShape=8,8,8&noise=10", {**data("spiral", noise=0.1), "layers": layers(8, 8, 8)}),
        (
            "dataset=xor&activation=relu&learningRate=0.1",
            {**data("xor"), "layers": layers(4, 2, activation="relu"), **rate(0.1)},
        ),
        ("dataset=gauss&networkShape=&noise=50", {**data("gauss", noise=0.5), "layers": []}),
        ("dataset=gauss&noise=65", data("gauss", noise=0.65)),
        ("activation=sigmoid&networkShape=1", {"layers": layers(1, activation="sigmoid")}),
        (
            "activation=linear&percTrainData=80",
            {"layers": layers(4, 2, activation="identity"), **data("circle", train_share=0.8)},
        ),
        (
            "x=false&y=false&xSquared=true&ySquared=true&networkShape=",
            {"features": ["x_squared", "y_squared"], "layers": []},
        ),
        ("sinX=true&sinY=true&xTimesY=true", {"features": ["x", "y", "xy", "sin_x", "sin_y"]}),
        ("regularization=L2&regularizationRate=0.003", {"l2": 0.003}),
        ("regularization=L1&regularizationRate=0.01", {"l1": 0.01, "prune": True}),
        ("regularizationRate=0.01", {}),
        ("initZero=true&batchSize=25", {"init": "zeros", "batch": 25}),
        ("problem=regression", REGRESSION),
        ("problem=regression&regDataset=reg-gauss", {"data": {**REGRESSION["data"], "rule": "hills"}}),
        ("learningRate=10&percTrainData=10", {**rate(10), **data("circle", train_share=0.1)}),
    ],
)
def test_it_opens_as_the_same_experiment(link: str, differs: dict[str, Any]) -> None:
    opened = read(f"https://playground.tensorflow.org/#{link}")
    assert opened.config == Config.from_json(DEFAULT | differs)
    assert opened.notices == ()
    assert read(f"/?{link}").config == read(f"#{link}").config == opened.config


def test_its_loss_and_output_are_a_tanh_and_half_the_squared_error() -> None:
    trainer = Trainer(read("#dataset=circle").config)
    assert trainer.network.head.activation == "tanh"
    assert sorted(set(trainer.split.targets.reshape(-1).tolist())) == [-1.0, 1.0]
    assert Trainer(read("#problem=regression").config).network.head.activation == "identity"


def test_its_first_weights_follow_its_rule() -> None:
    trainer = Trainer(read("#networkShape=8,8&seed=0.5").config)
    for layer in trainer.network.layers:
        weights = trainer.network.theta[trainer.network.penalized == 1]
        biases = trainer.network.theta[trainer.network.penalized == 0]
        assert layer.units > 0
        assert abs(weights).max() <= 0.5
        assert biases.tolist() == pytest.approx([0.1] * len(biases))


@pytest.mark.parametrize(
    ("link", "part"),
    [
        ("seed=0.12345&dataset=xor", "cannot be reproduced"),
        ("batchSize=30", "the 10 points left over"),
        ("cosX=true&dataset=xor", "no such input"),
        ("tutorial=loss", "tutorials are not available here"),
        ("hideText=true", "no text below"),
        ("dataset=moons", "has no 'moons' and uses circle"),
        ("activation=gelu&batchSize=10", "has no 'gelu' and uses tanh"),
        ("noise=90&batchSize=10", "takes 90 as 50"),
        ("networkShap=3&batchSize=10", "Did you mean networkShape?"),
        ("discretize_hide=true", "no such control"),
    ],
)
def test_what_cannot_be_carried_over_is_told(link: str, part: str) -> None:
    (notice,) = read(f"#{link}").notices
    assert part in notice.text
    assert notice.sentence.key.startswith("foreign.")


def test_another_seed_is_another_draw_and_the_same_seed_the_same() -> None:
    one, other = read("#seed=0.1&x=true").config.seeds, read("#seed=0.2&x=true").config.seeds
    assert one != other
    assert one == read("#seed=0.1&x=true").config.seeds


@pytest.mark.parametrize(
    ("percent", "problem", "count"),
    [
        ("33.3", "classification", 166),
        ("33.3", "regression", 399),
        ("50.1", "classification", 250),
        ("5.19", "classification", 25),
        ("94.99", "regression", 1139),
        ("90", "regression", 1080),
    ],
)
def test_a_fraction_of_a_training_point_is_cut_off(percent: str, problem: str, count: int) -> None:
    """TensorFlow Playground: ``Math.floor(data.length * state.percTrainData / 100)``, of 500 points or 1200."""
    config = read(f"#problem={problem}&percTrainData={percent}").config
    assert config.data.train_count == count
    assert Trainer(config, record=False).split.train_count == count


@pytest.mark.parametrize("problem", ["classification", "regression"])
def test_a_whole_percentage_is_kept_as_it_is(problem: str) -> None:
    for percent in range(5, 96):
        assert read(f"#problem={problem}&percTrainData={percent}").config.data.train_share == percent / 100


def test_only_true_hides_there_and_here() -> None:
    opened = read("#playButton_hide=1&noise_hide=yes&batchSize_hide=true&dataset=xor")
    assert opened.page == {"hide": "batch"}


def test_what_it_hides_is_hidden_here() -> None:
    opened = read("#playButton_hide=true&batchSize_hide=true&xSquared_hide=true&noise_hide=false&dataset=xor")
    assert opened.page == {"hide": "play,batch,feature_x_squared"}
    assert opened.notices == ()


@pytest.mark.parametrize(
    ("link", "path", "part"),
    [
        ("#networkShape=8,x", "networkShape", "whole number, not 'x'"),
        ("#networkShape=0", "networkShape", "from 1 to 256"),
        ("#learningRate=fast", "learningRate", "must be a number"),
        ("#learningRate=99", "learningRate", "from 1e-05 to 10"),
        ("#batchSize=0", "batchSize", "from 1 to 10000"),
        ("#percTrainData=100", "percTrainData", "from 5 to 95"),
        ("#percTrainData=1e999&dataset=xor", "percTrainData", "must be a number, not '1e999'"),
        ("#regularization=L1&regularizationRate=20", "regularizationRate", "from 0 to 10"),
        ("#x=false&y=false", "x", "at least one input"),
        ("?data=moons&networkShap=3", "networkShap", "not a key of a link"),
    ],
)
def test_a_mistake_is_named_by_its_key_there(link: str, path: str, part: str) -> None:
    with pytest.raises(InputError, match=part) as refused:
        read(link)
    assert refused.value.path == path


@pytest.mark.parametrize("link", ["", "/", "?", "#", "#top", "https://example.org/", "?#"])
def test_nothing_said_is_the_default_run(link: str) -> None:
    assert read(link) == Link(Config())


@pytest.mark.parametrize("link", ["?data=moons", "data=moons", "#data=moons", "http://[::1]:8/?data=moons#top"])
def test_our_own_links_are_read_wherever_they_stand(link: str) -> None:
    assert write(read(link).config) == "data=moons"


def test_a_hash_of_keys_that_both_know_is_the_other_playgrounds() -> None:
    assert read("#noise=25").config.data.noise == 0.25
    with pytest.raises(InputError, match="from 0 to 1"):
        read("?noise=25")


def test_the_language_stays_whatever_follows_the_hash() -> None:
    assert read("/?lang=zh#dataset=xor").page == {"lang": "zh"}


@pytest.mark.parametrize("query", ["", "?theme=dark", "?data=moons&noise=0.1"])
def test_what_wordpress_puts_behind_a_frames_address_says_nothing(query: str) -> None:
    assert read(f"{query}#?secret=Xb12cD#?secret=Xb12cD") == read(query)


def test_there_are_its_27_keys() -> None:
    assert len(KEYS) == 27


def test_its_switches_of_the_output_are_this_page_s() -> None:
    assert read("#discretize=true&dataset=xor").page == {"discrete": "on"}
    link = read("#discretize=false&showTestData=true&dataset=xor")
    assert (link.page, link.notices) == ({}, ())
