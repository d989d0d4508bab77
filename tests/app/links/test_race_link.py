"""Every race survives its link; what lanes share stands once; every mistake is named by its key."""

import string
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.links import link
from app.links.race_link import FRESH, LANES, RaceLink, differences, race_of, read, write
from nncore.config import Config, Seeds
from nncore.errors import InputError
from nncore.network import Network
from tests.nncore.any_config import configs

SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "epochs": st.integers(1, 5000),
        "seeds": st.integers(5, 50),
        "bar": st.floats(0, 1),
        "fresh": st.sampled_from(FRESH.choices),
    },
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(configs(), min_size=2, max_size=6), SETTINGS)
def test_every_race_is_read_back_as_it_was_written(lanes: list[Config], given_settings: dict[str, object]) -> None:
    race = race_of(lanes, **given_settings)
    text = write(race)
    if text is not None:
        assert read(text) == race
        assert write(read(text)) == text
        assert read(f"https://example.org/race?{text}") == race


def test_a_race_of_two_kinds_is_one_key() -> None:
    race = race_of([Config(), Config.from_json({"layers": [{"neuron": "quadratic"}] * 2})])
    assert write(race) == "b.neuron=quadratic"


def test_what_all_lanes_share_stands_once() -> None:
    shared = "data=circles&noise=0.1&layers=4,4"
    lanes = [link.read(f"{shared}&neuron={neuron}").config for neuron in ("square", "kan:grid:8", "linear")]
    text = write(race_of(lanes, epochs=50))
    assert text is not None
    assert text.count("data=") == text.count("noise=") == text.count("layers=") == 1
    assert read(text).lanes == tuple(lanes)


def test_lanes_that_are_alike_stay_as_many() -> None:
    race = race_of([Config(seeds=Seeds(3, 7))] * 3)
    assert write(race) == "data_seed=3&run_seed=7&b.run_seed=7&c.run_seed=7"
    assert read(write(race) or "") == race


def test_a_lane_s_own_key_goes_before_the_shared_one() -> None:
    first, second = read("?neuron=kan&layers=3&b.neuron=rbf").lanes
    assert (first.layers[0].neuron.name, second.layers[0].neuron.name) == ("kan", "rbf")
    assert first.layers[0].units == second.layers[0].units == 3


def test_a_budget_gives_every_lane_its_width_and_the_link_says_both() -> None:
    """Two hidden layers: m² + 5 m + 1 parameters of linear neurons, so 209 is nearest at 12 units, 205."""
    race = read("b.neuron=quadratic&budget=parameters:209")
    linear, quadratic = race.lanes
    assert [layer.units for layer in linear.layers] == [12, 12]
    assert Network(linear).parameter_count == 205
    assert abs(Network(quadratic).parameter_count - 209) <= 25
    text = write(race)
    assert text is not None
    assert text.endswith("budget=parameters:209")
    assert read(text) == race


def test_what_differs_is_told_by_key() -> None:
    assert differences(read("b.neuron=kan&b.rate=0.1&data=moons").lanes) == ("neuron", "rate")
    assert differences(race_of([Config(), Config()]).lanes) == ()


def test_the_page_s_keys_are_the_race_s() -> None:
    assert read("b.neuron=kan&lang=zh&speed=10").page == {"lang": "zh", "speed": "10"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("neuron=kan", "names no lane, but a race has 2 to 6: give the second a key, such as b.neuron=quadratic"),
        ("", "names no lane"),
        ("c.neuron=kan", "names lane c but not lane b before it"),
        ("g.neuron=kan", "g.neuron: there is no lane 'g'; available: a, b, c, d, e, f"),
        ("b.nuron=kan", "b.nuron: is not a key of a link; did you mean b.neuron?"),
        ("b.neuron=kan&epoch=3", "epoch: is not a key of a link; did you mean epochs?"),
        ("b.neuron=kan&b.seeds=5", "b.seeds: applies to the whole race: write it without a lane, as seeds"),
        ("b.neuron=cube", "b.neuron: there is no neuron type called 'cube'"),
        ("b.neuron=kan&neuron=cube", "neuron: there is no neuron type called 'cube'"),
        ("b.batch=-3&neuron=kan", "b.batch: must be a whole number from 1 to 10000, not -3"),
        ("b.neuron=kan:grid:99", "b.neuron:grid: must be a whole number from 1 to 20, not 99"),
        ("b.neuron=kan&b.neuron=rbf", "b.neuron: appears more than once in the link"),
        ("b.neuron=kan&seeds=4", "seeds: must be a whole number from 5 to 50, not 4"),
        ("b.neuron=kan&bar=high", "bar: must be a number, not 'high'"),
        ("b.neuron=kan&fresh=points", "fresh: there is no fresh called 'points'; available: weights, data"),
        ("b.neuron=kan&budget=200", "budget: must be free, or a measure and a number, such as parameters:200"),
        ("b.neuron=kan&budget=seconds:3", "budget: there is no budget called 'seconds'"),
        ("b.layers=0&budget=parameters:9", "b.layers: has no hidden layer whose width could meet a budget"),
        ("b.neuron=kan&speed=never", "speed: must be epochs per second"),
    ],
)
def test_what_is_wrong_is_said_by_its_key(text: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert words in str(caught.value)


@pytest.mark.parametrize("count", [0, 1, 7])
def test_a_race_has_two_to_six_lanes(count: int) -> None:
    with pytest.raises(InputError, match=f"must have from 2 to 6 lanes, not {count}"):
        race_of([Config()] * count)


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from(string.ascii_lowercase + ".=&:,0123456789"), max_size=60))
def test_any_text_is_a_race_or_a_sentence(text: str) -> None:
    found: RaceLink | None = None
    with suppress(InputError):
        found = read(text)
    assert found is None or len(found.lanes) >= 2


def test_lanes_have_one_letter_each() -> None:
    assert string.ascii_lowercase[:6] == LANES


def test_lanes_with_many_points_have_a_link_that_is_read_back() -> None:
    rng = np.random.default_rng(0)
    points = [np.round(rng.uniform(-1, 1, (1500, 3)), 6).tolist() for _ in range(2)]
    lanes = [
        Config.from_json({"data": {"name": "own", "points": each, "task": "regression"}, "layers": [{"units": 2}]})
        for each in points
    ]
    alike = write(race_of([lanes[0], replace(lanes[0], batch=7)])) or ""
    assert alike.startswith("data=own:task:regression&points=fragment&layers=2&b.batch=7#points=")
    assert read(f"?{alike}").lanes[1].batch == 7
    other = write(race_of(lanes)) or ""
    assert read(other).lanes == tuple(lanes)
    assert other.partition("#")[0].count("points=fragment") == 2
