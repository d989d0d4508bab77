"""Every Config survives its link; every mistake in a link is named by its key."""

import re
from string import ascii_letters, digits
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.links import tensorflow_playground as foreign
from app.links.keys import MOST_CHARACTERS, MOST_READABLE, PAGE_KEYS
from app.links.link import MOST_READ, Link, pairs, read, write
from app.settings import Settings
from nncore.activations import ACTIVATIONS
from nncore.config import Config
from nncore.datasets import DATASETS
from nncore.errors import InputError, OutOfRange
from nncore.features import FEATURES
from nncore.fields import FIELDS, NUMBERS
from nncore.forest.settings import Forest
from nncore.heads import Task
from nncore.losses import LOSSES
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.points import MOST_CLASSES, MOST_POINTS
from nncore.registry import Registry
from nncore.scaling import DECIMALS
from nncore.schedules import SCHEDULES
from nncore.spec import Knob

POINTS = st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.sampled_from([0.0, 1.0])), min_size=4, max_size=20)


def values_of(knob: Knob) -> st.SearchStrategy[Any]:
    """Every value that `knob` can have."""
    if knob.kind == "bool":
        return st.booleans()
    if knob.kind == "choice":
        return st.sampled_from(knob.choices)
    if knob.kind == "points":
        return POINTS
    if knob.kind == "texts":
        return st.lists(st.text(max_size=5).filter(str.isprintable), max_size=2)
    if knob.kind == "numbers":
        axis = st.tuples(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6), st.integers(0, 17))
        return st.sampled_from([0, 2, 3]).flatmap(
            lambda axes: st.lists(axis, min_size=axes, max_size=axes).map(
                lambda parts: [n for part in parts for n in part]
            )
        )
    numbers = st.floats if knob.kind == "float" else st.integers
    return st.just(knob.default) | numbers(knob.low, knob.high)  # type: ignore[arg-type]  # as its kind says


def fields_of(folder: str, names: list[str]) -> dict[str, st.SearchStrategy[Any]]:
    return {name: values_of(FIELDS[folder + name]) for name in names}


@st.composite
def choices(draw: st.DrawFn, registry: Registry[Any], names: list[str] | None = None) -> dict[str, Any]:
    """An entry with any settings."""
    name = draw(st.sampled_from(names or list(registry.names())))
    knobs = draw(st.fixed_dictionaries({}, optional={k.name: values_of(k) for k in registry[name].spec.knobs}))
    return {"name": name, **knobs}


@st.composite
def layers(draw: st.DrawFn, before: int) -> list[dict[str, Any]]:
    out = []
    for _ in range(draw(st.integers(0, 5))):
        layer = {
            "units": draw(st.integers(1, 256) | st.just(before)),
            "neuron": draw(choices(NEURONS)),
            "activation": draw(choices(ACTIVATIONS)),
            **draw(st.fixed_dictionaries({}, optional=fields_of("layers.", ["norm", "dropout", "bias"]))),
        }
        layer["residual"] = layer["units"] == before and draw(st.booleans())
        before = layer["units"]
        out.append(layer)
    return out


@st.composite
def configs(draw: st.DrawFn) -> Config:
    """Any Config at all."""
    data = draw(choices(DATASETS))
    shared = fields_of("data.", ["noise", "label_noise", "train_share", "scale"])
    shared["train_share"] = st.floats(0.3, 0.7)
    data |= draw(st.fixed_dictionaries({}, optional={**shared, "count": st.integers(4, 20_000)}))
    if data["name"] == "own" and data.get("task") == "regression":
        data.pop("points", None)
    features = draw(st.lists(st.sampled_from(FEATURES.names()), min_size=1, unique=True))
    task: Task = Config.from_json({"data": data}).dataset.task
    fitting = [name for name in LOSSES if task in LOSSES[name].tasks]
    parts = {
        "layers": layers(len(features)),
        "output": st.fixed_dictionaries({}, optional={"neuron": choices(NEURONS), **fields_of("output.", ["bias"])}),
        "loss": choices(LOSSES, fitting),
        "optimizer": choices(OPTIMIZERS),
        "schedule": choices(SCHEDULES),
        **fields_of("", list(NUMBERS)),
        "seeds": st.fixed_dictionaries({}, optional=fields_of("seeds.", ["data", "run"])),
    }
    given_parts = draw(st.fixed_dictionaries({}, optional=parts))
    if "layers" not in given_parts:
        given_parts["layers"] = Config().to_json()["layers"]
    return Config.from_json({"data": data, "features": features, **given_parts})


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(configs())
def test_every_config_survives_its_link(config: Config) -> None:
    link = write(config)
    assert link is not None
    assert read(link) == Link(config)
    assert write(read(link).config) == link


def test_a_link_takes_the_biases_of_every_layer_away() -> None:
    link = "layers=2&activation=relu&bias=off&output_bias=off"
    config = read(link).config
    assert (config.layers[0].bias, config.output.bias) == (False, False)
    assert write(config) == link
    # Links of before there was such a key have them all.
    assert read("layers=2&output=quadratic").config.output.bias


def test_the_default_run_needs_no_link() -> None:
    assert write(Config()) == ""
    assert read("") == Link(Config())


def test_a_link_is_short_and_says_what_it_means() -> None:
    config = Config.from_json(
        {
            "data": {"name": "spirals", "arms": 3, "noise": 0.1},
            "layers": [{"units": 8, "neuron": "quadratic"}, {"units": 8, "neuron": "quadratic", "activation": "relu"}],
            "optimizer": {"name": "momentum", "learning_rate": 0.5},
        }
    )
    said = "data=spirals:arms:3&noise=0.1&neuron=quadratic&activation=tanh,relu&optimizer=momentum&rate=0.5"
    assert write(config) == said


def test_no_character_of_a_link_is_one_that_an_address_would_rewrite() -> None:
    link = write(Config.from_json({"data": {"name": "own", "noise": 1e-5}, "layers": [], "features": ["xy", "r"]}))
    assert link is not None
    assert set(link) <= set("abcdefghijklmnopqrstuvwxyz0123456789_=&:,.-")


def own(
    count: int, decimals: int, task: Task, classes: int = 2, names: tuple[str, ...] = (), *, value_decimals: int = 4
) -> Config:
    """A Config of points anywhere, beside settings that take room in a link, too."""
    rng = np.random.default_rng(count)
    labels = (
        rng.integers(0, classes, count)
        if task == "classification"
        else np.round(rng.uniform(-1, 1, count), value_decimals)
    )
    points = np.column_stack([np.round(rng.uniform(-1, 1, (count, 2)), decimals), labels]).tolist()
    layers = [{"units": 8, "neuron": "quadratic", "activation": "relu"}] * 3
    data = {"name": "own", "points": points, "task": task, "names": list(names)}
    return Config.from_json({"data": data, "layers": layers, "optimizer": {"name": "sgd", "learning_rate": 0.3}})


NAMES = ("setosa", "versicolor", "virginica", "not known", "\u9e22\u5c3e", "A", "B", "C")[:MOST_CLASSES]


@pytest.mark.parametrize(
    "config",
    [
        own(1000, 4, "classification"),
        own(1000, 4, "classification", len(NAMES), NAMES),
        own(1000, 4, "regression"),
        own(1000, DECIMALS, "classification"),
        own(1000, DECIMALS, "classification", MOST_CLASSES),
    ],
    ids=["drawn", "named", "values", "table", "classes"],
)
def test_a_thousand_points_of_any_kind_travel_in_the_link(config: Config) -> None:
    link = write(config)
    assert link is not None
    assert len(link) <= MOST_CHARACTERS
    assert set(link) <= set(ascii_letters + digits + "_=&:,.-~")
    assert read(link).config == config


@pytest.mark.parametrize(
    ("count", "decimals"), [(1000, DECIMALS), (2000, DECIMALS), (MOST_POINTS, DECIMALS), (Settings().points, 17)]
)
def test_more_points_stand_behind_the_hash_of_their_link(count: int, decimals: int) -> None:
    config = own(count, decimals, "regression", value_decimals=decimals)
    link = write(config) or ""
    query, _, behind = link.partition("#")
    assert query.startswith("data=own:task:regression&points=fragment&")
    assert len(query) < 200
    assert re.fullmatch(r"points=[\w-]+", behind)
    assert read(link).config == config
    # However the address comes: pasted whole, or with a word that somebody else has hung behind it.
    assert foreign.read(f"http://h/?{link}").config == config
    assert foreign.read(f"{link}#?secret=x").config == config


def test_points_that_were_left_behind_the_hash_are_asked_for_in_a_sentence() -> None:
    link = write(own(2000, DECIMALS, "regression")) or ""
    for cut in (link.partition("#")[0], link.partition("points=Ad")[0], f"{link.partition('#')[0]}#here"):
        with pytest.raises(InputError, match="behind the # of this link, and that part is missing") as refused:
            read(cut)
        assert refused.value.path == "points"
    with pytest.raises(InputError, match="cut short"):
        read(link[:9000])


def test_points_beyond_any_link_have_none() -> None:
    assert write(own(MOST_POINTS, 17, "regression", value_decimals=17)) is None


def test_few_points_are_written_for_people() -> None:
    few = own(MOST_READABLE, 1, "classification")
    assert re.fullmatch(r"data=own&points=(-?[01.]\d?,-?[01.]\d?,[01](_|&)){16}layers.*", write(few) or "")
    more = own(MOST_READABLE + 1, 1, "classification")
    assert re.fullmatch(r"data=own&points=[\w-]+&layers.*", write(more) or "")
    assert read(write(more) or "").config == more


def test_points_written_by_hand_open_however_many_there_are() -> None:
    """As all links of 0.2.0 had them."""
    points = own(300, 4, "classification").to_json()["data"]["points"]
    text = "_".join(",".join(f"{number:g}" for number in point) for point in points)
    assert read(f"data=own&points={text}").config.to_json()["data"]["points"] == points


def test_a_link_with_a_cut_in_its_points_is_refused_in_a_sentence() -> None:
    link = write(own(1000, 4, "classification"))
    assert link is not None
    with pytest.raises(InputError, match="cut short") as refused:
        read(link[:2000])
    assert refused.value.path == "points"


@pytest.mark.parametrize(
    ("link", "path", "part"),
    [
        ("nois=0.1", "nois", "did you mean noise?"),
        ("neurons=square", "neurons", "did you mean neuron?"),
        ("qqq=1", "qqq", "available: data, count"),
        ("noise=0.1&noise=0.2", "noise", "more than once"),
        ("noise=7", "noise", "from 0 to 1, not 7"),
        ("noise=nan", "noise", "must be a number, not 'nan'"),
        ("noise=1e999", "noise", "must be a number"),
        ("noise=", "noise", "must be a number, not ''"),
        ("count=1_0", "count", "must be a whole number"),
        ("data=spirale", "data", "did you mean 'spirals'?"),
        ("data=spirals:arms", "data", "name:setting:0.5"),
        ("data=spirals:arm:3", "data:arm", "available: arms"),
        ("data=spirals:arms:9", "data:arms", "from 2 to 5"),
        ("points=1,1,1", "points", "available: arms"),
        ("data=own&points=1,2", "points", "4 to 5000 points"),
        ("data=own&points=1,1,1_0,0_1,1,0_0,0,0", "points", "three numbers"),
        ("data=own&points=1,1,1_0,a,1_1,1,0_0,0,0", "points", "three numbers"),
        ("layers=8,x", "layers", "must be a whole number, not 'x'"),
        ("layers=", "layers", "must be a whole number"),
        ("layers=8,999", "layers", "from 1 to 256"),
        ("neuron=square,linear,kan", "neuron", "gives 3, but there are 2 layers"),
        ("layers=0&neuron=square", "neuron", "there are 0 layers"),
        ("layers=4&neuron=kan:grid:x", "neuron:grid", "must be a whole number"),
        ("residual=yes", "residual", "must be true or false"),
        ("residual=on", "residual", "as many units as inputs"),
        ("bias=on,off,on", "bias", "gives 3, but there are 2 layers"),
        ("bias=maybe", "bias", "must be true or false"),
        ("output_bias=2", "output_bias", "must be true or false"),
        ("optimizer=adam:learning_rate:1", "optimizer:learning_rate", "its own key, rate"),
        ("rate=99", "rate", "from 1e-05 to 10"),
        ("loss=hinge&data=plane", "loss", "cannot be used for regression"),
        ("features=", "features", "at least one"),
        ("features=x,z", "features", "no feature called 'z'"),
        ("output=lin", "output", "no neuron type"),
        ("train=0.05&count=4", "train", "at least one point"),
        ("epochs=-1", "epochs", "whole number from 0"),
        ("epochs=many", "epochs", "whole number"),
        ("play=yes", "play", "on or off"),
        ("speed=0", "speed", "greater than 0"),
        ("kept=4f1c90ab", "kept", "the tab where they were drawn"),
        ("speed=1e999", "speed", "a number greater than 0, not '1e999'"),
        ("speed=1e308", "speed", "at most 1000000 epochs per second"),
        ("&".join(f"k{i}=1" for i in range(201)), "", "at most 200 keys"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_its_key(link: str, path: str, part: str) -> None:
    with pytest.raises(InputError, match=part) as refused:
        read(link)
    assert refused.value.path == path


def test_what_the_page_reads_itself_is_passed_on_untouched() -> None:
    link = read(
        "data=moons&epochs=20&play=on&speed=2.5&until=solved&lens=on&discrete=on&test=off&lang=zh&theme=dark&palette=x"
        "&mode=present&hide=noise,batch&lock=rate&show=chart&lab=one_straight_line&step=2"
    )
    assert (link.epochs, link.play, link.speed) == (20, True, 2.5)
    assert set(link.page) == set(PAGE_KEYS) - {"kept"}
    assert link.page["hide"] == "noise,batch"


def test_escaped_characters_are_read_as_what_they_stand_for() -> None:
    assert read("layers=8%2C4&neuron=kan%3Agrid%3A8") == read("layers=8,4&neuron=kan:grid:8")


def test_a_link_of_forty_thousand_digits_is_refused_for_its_length() -> None:
    """Once, whoever sent it took a host for minutes: its pattern for numbers tried every way to cut the digits."""
    with pytest.raises(OutOfRange) as caught:
        read(f"rate={'1' * 40_000}x")
    assert caught.value.sentence.key == "refused.long_link"
    assert caught.value.values == {"high": MOST_READ, "count": 40_006}


def test_the_longest_link_of_ours_is_read_however_it_is_escaped() -> None:
    names = ",".join(["~E4~B8~AD" * 13] * 2)
    link = f"data=own&points=.5,-.25,0_-.5,.1,1_0,0,0_.3,.3,1&names={names}"
    escaped = "&".join(
        f"{key}={''.join(f'%{ord(letter):02X}' for letter in value)}" for key, value in pairs(link).items()
    )
    assert len(escaped) < MOST_READ
    assert read(escaped) == read(link)


@pytest.mark.parametrize(
    ("link", "forest"),
    [
        ("forest=on", {}),
        ("features=x,y,xy&forest=trees:30:levels:3:hand_on:off", {"trees": 30, "levels": 3, "hand_on": False}),
        ("data=rings&forest=tree_depth:2&run_seed=3", {"tree_depth": 2}),
    ],
)
def test_a_forest_survives_its_link(link: str, forest: dict[str, Any]) -> None:
    config = read(link).config
    assert config.forest == Forest(**forest)
    assert write(config) == link


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("forest=on&layers=8", "layers"),
        ("forest=on&batch=5", "batch"),
        ("forest=on&data=plane", "forest"),
        ("forest=trees:0", "forest:trees"),
        ("forest=levels", "forest"),
        ("forest=leaves:3", "forest:leaves"),
    ],
)
def test_a_forest_that_cannot_be_is_refused_by_its_key(link: str, path: str) -> None:
    with pytest.raises(InputError) as error:
        read(link)
    assert error.value.path == path
