"""Several runs looked at in one pass have the losses and accuracies that each finds by itself, to the bit."""

from typing import Any

import pytest

from nncore.config import Config
from nncore.looks import Looks
from nncore.trainer import Trainer

CASES: dict[str, dict[str, Any]] = {
    "two classes": {"data": {"name": "spirals", "count": 90, "noise": 0.3}},
    "five classes": {"data": {"name": "spirals", "count": 90, "arms": 5}},
    "values": {"data": {"name": "hills", "count": 90}},
    "no test points": {"data": {"name": "xor", "count": 90, "train_share": 1.0}},
    "many points": {"data": {"name": "rings", "count": 2000}, "layers": [{"units": 5, "neuron": "kan"}]},
    "dropout": {"layers": [{"units": 5, "dropout": 0.5, "activation": "rrelu"}], "data": {"name": "xor", "count": 90}},
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("count", [2, 5])
def test_each_is_seen_as_it_sees_itself(case: str, count: int) -> None:
    base = {"layers": [{"units": 5}, {"units": 3}], **CASES[case]}
    runs = [Trainer(Config.from_json({**base, "seeds": {"run": n, "data": n}})).run(n % 2) for n in range(count)]
    looks = Looks(runs[0], 3)
    found = looks.metrics(runs)
    assert [repr(one) for one in found] == [repr(run.evaluate()) for run in runs]
    assert looks.nbytes > 3 * runs[0].network.theta.nbytes
