"""Whatever trains counts its steps and epochs alike."""

import pytest

from nncore.config import Config
from nncore.learner import begin
from nncore.run import Run

NETWORK = {"data": {"name": "moons", "count": 50}, "batch": 8}
FOREST = {"data": {"name": "moons", "count": 50}, "forest": {"levels": 2, "trees": 3, "folds": 2}}


@pytest.mark.parametrize("config", [NETWORK, FOREST], ids=["network", "forest"])
def test_epochs_are_whole_and_the_rest_of_one_is_its_offset(config: dict[str, object]) -> None:
    run: Run = begin(Config.from_json(config))
    whole = run.steps_per_epoch
    assert whole > 1
    done = 0
    for _ in range(2 * whole):
        epochs, rest = divmod(done, whole)
        assert (run.epoch, run.offset > 0) == (epochs, rest > 0)
        assert run.steps_to_epoch_end == whole - rest
        done += run.advance(1)
    assert (run.epoch, run.offset, run.diverged) == (2, 0, None)
    assert run.finished == ("forest" in config)
    assert run.advance(1) == (0 if run.finished else 1)
