"""Whoever asks for what a Learner says gets it from a network and from a forest, and needs not know which it is."""

from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load as load_tensors

from nncore.config import Config
from nncore.forest import growing
from nncore.forest.grower import Grower
from nncore.forest.growing import NoForests
from nncore.learner import AnyLearner, Learner, begin, load, save
from nncore.probes.hidden_space import HiddenSpace
from nncore.probes.layer_decision import LayerDecision
from nncore.probes.links import Links
from nncore.probes.unit_maps import UnitMaps
from nncore.trainer import Trainer

DATA = {"name": "rings", "count": 60}
BOTH: dict[str, dict[str, Any]] = {
    "network": {"data": DATA, "layers": [{"units": 3}, {"units": 3}]},
    "forest": {"data": DATA, "forest": {"random": 1, "completely_random": 0, "trees": 2, "levels": 2, "folds": 2}},
}


@pytest.fixture(params=BOTH)
def learner(request: pytest.FixtureRequest) -> AnyLearner:
    """One that has come a little way."""
    run = begin(Config.from_json(BOTH[request.param]))
    run.advance(run.steps_to_epoch_end + 1)
    return run


def test_each_config_begins_its_own_kind() -> None:
    assert [type(begin(Config.from_json(given))) for given in BOTH.values()] == [Trainer, Grower]


def test_steps_make_epochs(learner: Learner) -> None:
    assert (learner.epoch, learner.offset > 0) == (1, True)
    assert learner.steps_per_epoch - learner.steps_to_epoch_end == 1
    learner.reset()
    assert (learner.epoch, learner.step, learner.offset, len(learner.history)) == (0, 0, 0, 1)


def test_it_is_looked_at_by_the_same_probes(learner: Learner) -> None:
    maps = UnitMaps(6, 8).compute(learner, (1, 2))
    assert {name: array.shape for name, array in maps.items()} == {
        "units.0": (3, 6, 6),
        "units.1": (3, 6, 6),
        "output": (3, 8, 8),
        "output_z": (3, 8, 8),
        "inspected": (8, 8),
        "inspected_z": (8, 8),
    }
    assert np.allclose(maps["output"].sum(axis=0), 1, atol=1e-5)
    decided = LayerDecision(6).compute(learner)
    assert decided["accuracy"].shape == (3, 2)
    assert decided["decision.1"].shape == (3, 6, 6)
    assert HiddenSpace(3).compute(learner)["points.1"].shape == (60, 2)
    links = Links().compute(learner)
    assert [links[f"links_size.{layer}"].shape for layer in range(3)] == [(2, 3), (3, 3), (3, 3)]


def test_looking_changes_nothing(learner: AnyLearner) -> None:
    before = load_tensors(save(learner))
    UnitMaps(6, 8).compute(learner)
    LayerDecision(6).compute(learner)
    after = load_tensors(save(learner))
    assert all(np.array_equal(before[name], after[name]) for name in after)


def test_its_file_brings_it_back(learner: AnyLearner) -> None:
    back = load(save(learner))
    assert type(back) is type(learner)
    assert np.array_equal(back.predict([[0.1, 0.2]]), learner.predict([[0.1, 0.2]]))


def test_forests_are_refused_in_one_sentence_where_nothing_grows_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growing, "find_spec", lambda _: None)
    with pytest.raises(NoForests, match=r"^forest: needs scikit-learn, which is not installed here: pip install"):
        begin(Config.from_json(BOTH["forest"]))
