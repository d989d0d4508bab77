"""A lane's repetitions as a message: what each run alone shows, by the link that it has."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.links import link
from app.live import frames
from app.live.frames import Caption, Painter
from app.live.race.repetitions import PIXELS, Repetitions
from nncore.config import Config
from nncore.study.band import COLUMNS
from nncore.study.repeats import Repeats, fresh_seeds
from nncore.trainer import Trainer

EPOCHS = 3
CASES: dict[str, dict[str, Any]] = {
    "two classes": {"data": {"name": "xor", "count": 40}},
    "three classes": {"data": {"name": "spirals", "count": 60, "arms": 3}},
    "values": {"data": {"name": "plane", "count": 40}, "loss": "mse"},
}


def message(config: Config, *, data: bool, compress: bool = False) -> tuple[dict[str, Any], dict[str, Any]]:
    repeats = Repeats(config, fresh_seeds(config, 5, data=data), EPOCHS, record=True)
    while repeats.advance(100):
        pass
    made = Repetitions("b", config, repeats.outcomes(), repeats.histories())
    while not made.done:
        made.advance()
    kind, body, arrays = frames.read(made.message(compress=compress))
    assert kind == "repetitions"
    return body, arrays


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("data", [False, True])
def test_every_surface_and_figure_is_that_of_the_run_that_its_link_opens(case: str, data: bool) -> None:
    config = Config.from_json({"layers": [{"units": 3}], **CASES[case]})
    body, arrays = message(config, data=data)
    assert body["lane"] == "b"
    histories = []
    for index, run in enumerate(body["runs"]):
        opened = link.read(run["link"]).config
        assert opened == replace(config, seeds=replace(config.seeds, data=index if data else 0, run=index))
        alone = Trainer(opened).run(EPOCHS)
        histories.append(alone.history.since(0))
        shown = frames.read(Painter(4, PIXELS).paint(alone, Caption(1, False, 0.0, 0.0, 0)))[2]
        for name in ("output", "output_range", "output_scores", "output_scores_range"):
            assert (name in shown) == (name in arrays)
            assert name not in shown or np.array_equal(shown[name], arrays[name][index])
        metrics = alone.evaluate()
        assert run["loss"]["test"] == metrics.test_loss
        assert run["epoch"] == EPOCHS
        assert (run["accuracy"] is None) == (case == "values")
        assert run["accuracy"] is None or run["accuracy"]["test"] == metrics.test_accuracy
    band = arrays["band"]
    assert band.shape == (EPOCHS + 1, len(COLUMNS))
    losses = np.sort([rows[:, 2] for rows in histories], axis=0)
    # Of five, the second, the third and the fourth.
    assert np.array_equal(band[:, 2:5], losses[1:4].T.astype(np.float32))


def test_it_may_come_compressed() -> None:
    config = Config.from_json({"layers": [{"units": 3}], **CASES["two classes"]})
    plain, packed = (message(config, data=False, compress=compress) for compress in (False, True))
    assert plain[0] == packed[0]
    assert all(np.array_equal(plain[1][name], packed[1][name]) for name in plain[1])
