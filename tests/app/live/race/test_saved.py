"""A race as one file: it comes back as it was, and what is not one is refused in a sentence."""

import json

import numpy as np
import pytest
import safetensors.numpy

from app.links.race_link import race_of
from app.live import frames
from app.live.race import saved
from app.settings import Settings
from nncore.config import Config
from nncore.errors import InputError
from nncore.trainer import Trainer

CONFIGS = [
    Config.from_json({"layers": [{"units": 2, "neuron": kind}], "data": {"name": "xor", "count": 40}})
    for kind in ("linear", "quadratic")
]
RACE = race_of(CONFIGS, epochs=9, bar=0.9, budget=("parameters", 20))
DATA = saved.write(RACE, [Trainer(config).run(2) for config in CONFIGS], [None, 1])


def test_it_comes_back_as_it_was() -> None:
    found = saved.read(DATA, Settings())
    assert (found.race, found.solved) == (RACE, (None, 1))
    for run, config in zip(found.build(), CONFIGS, strict=True):
        assert (run.network.theta == Trainer(config).run(2).network.theta).all()


def test_it_stays_within_what_is_reckoned_beside_the_lanes() -> None:
    _, _, arrays = frames.read(DATA)
    assert len(DATA) - sum(array.size for array in arrays.values()) < saved.MOST_BESIDE


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("epochs", 0),
        ("epochs", "9"),
        ("bar", 2.0),
        ("fresh", "points"),
        ("seeds", None),
        ("budget", [1, 2, 3]),
        ("budget", ["weight", 3]),
        ("solved", [1]),
        ("solved", [-1, None]),
        ("solved", [True, None]),
    ],
)
def test_what_is_odd_in_it_is_refused_with_its_place(field: str, value: object) -> None:
    _, body, arrays = frames.read(DATA)
    data = safetensors.numpy.save(arrays, {"kind": "race", "body": json.dumps(body | {field: value})})
    with pytest.raises(InputError) as refused:
        saved.read(data, Settings())
    assert refused.value.path == f"uploaded.{field}"


@pytest.mark.parametrize("names", [["lane.a"], ["lane.a", "lane.c"], ["lane.a", "x"], []])
def test_lanes_that_are_not_a_race_are_refused(names: list[str]) -> None:
    _, body, arrays = frames.read(DATA)
    changed = dict(zip(names, arrays.values(), strict=False))
    with pytest.raises(InputError):
        saved.read(safetensors.numpy.save(changed, {"kind": "race", "body": json.dumps(body)}), Settings())


def test_a_lane_that_is_damaged_is_refused_under_its_name() -> None:
    _, body, arrays = frames.read(DATA)
    changed = {**arrays, "lane.b": np.zeros(20, np.uint8)}
    data = safetensors.numpy.save(changed, {"kind": "race", "body": json.dumps(body)})
    with pytest.raises(InputError) as refused:
        saved.read(data, Settings())
    assert refused.value.path.startswith("uploaded.lane.b")
