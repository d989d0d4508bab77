"""A run from the command line is the page's run, to the bit, and its mistakes are one sentence each."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.cli.train import config_from, divergence, read_given, report, run, save
from app.errors import UsageError
from app.live import frames
from app.live.events import Frame
from app.live.session import Session
from app.settings import Settings
from nncore import learner, snapshot
from nncore.config import Config
from tests.app.clock import Clock

CONFIG: dict[str, Any] = {
    "layers": [{"units": 4, "neuron": "quadratic"}],
    "data": {"name": "moons", "count": 60, "noise": 0.1},
    "l2": 0.001,
}
EPOCHS = 30


def page_history() -> list[list[float | None]]:
    """The history that a page would have after as many epochs: from frames, in uneven turns."""
    session = Session("s", Settings(), Clock())
    session.receive(json.dumps({"type": "open", "config": CONFIG}))
    rows = []
    for epochs in (1, 7, EPOCHS - 8):
        session.receive(json.dumps({"type": "step", "epochs": epochs}))
        while session.due() is not None:
            for message in session.advance(0.003):
                if isinstance(message, Frame):
                    _, body, arrays = frames.read(message.data)
                    rows += arrays["history"].tolist()
                    session.receive(json.dumps({"type": "ack", "frame": body["frame"]}))
    return [[None if np.isnan(value) else value for value in row] for row in rows]


def test_the_command_line_s_numbers_are_the_page_s_to_the_bit() -> None:
    told = json.loads(report(run(Config.from_json(CONFIG), EPOCHS), as_json=True))
    assert told["history"]["rows"] == page_history()
    assert told["epoch"] == EPOCHS


def test_the_outcome_holds_all_that_the_page_shows() -> None:
    trainer = run(Config.from_json(CONFIG), 2)
    told = json.loads(report(trainer, as_json=True))
    assert told["config"] == Config.from_json(CONFIG).to_json()
    assert told["loss"]["test"] == trainer.evaluate().test_loss
    assert told["parameters"] == trainer.network.parameter_count
    assert told["cost"] == {"multiply_adds": 4 * 7 + 4, "additions": 0, "transcendentals": 4}
    assert told["diverged"] is None
    assert len(told["history"]["columns"]) == len(told["history"]["rows"][0])


def test_regression_has_no_accuracy() -> None:
    trainer = run(Config.from_json({"data": {"name": "plane", "count": 40}}), 1)
    assert json.loads(report(trainer, as_json=True))["accuracy"] == {"train": None, "test": None}
    assert "accuracy" not in report(trainer, as_json=False)


def test_a_diverged_run_ends_early_and_says_what_to_try() -> None:
    hot = {
        "layers": [{"units": 4, "neuron": "quadratic", "activation": "relu"}] * 4,
        "data": {"name": "xor", "count": 40},
        "batch": 7,
        "optimizer": {"name": "sgd", "learning_rate": 10.0},
    }
    trainer = run(Config.from_json(hot), 1000)
    assert trainer.epoch < 1000
    assert "Set learning rate to 0.1" in report(trainer, as_json=False)
    assert json.loads(report(trainer, as_json=True))["diverged"]["layer"] == trainer.diverged.layer  # type: ignore[union-attr]


def test_a_run_that_ends_on_the_step_that_broke_it_is_told_though_no_later_one_could_tell() -> None:
    """After epoch 256 not every epoch looks at the loss over all points; the report always does."""
    trainer = run(Config.from_json({"layers": [{"activation": "relu"}], "data": {"name": "plane", "count": 40}}), 257)
    trainer.network.theta[...] = 1e30
    assert trainer.diverged is None
    found = divergence(trainer)
    assert found is not None
    assert (found.epoch, found.step, found.layer) == (256, trainer.step - 1, 1)
    assert found.message in report(trainer, as_json=False)
    assert json.loads(report(trainer, as_json=True))["diverged"]["message"] == found.message
    assert trainer.diverged is None


def test_a_saved_checkpoint_goes_on(tmp_path: Path) -> None:
    trainer = run(Config.from_json(CONFIG), 3)
    save(trainer, tmp_path / "out.safetensors")
    again = snapshot.load((tmp_path / "out.safetensors").read_bytes())
    assert again.run(1).network.theta.tobytes() == trainer.run(1).network.theta.tobytes()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "the text is not JSON"),
        ("[]", "must hold a JSON object, not a list"),
        ('{"l1": NaN}', "NaN is not a number"),
        ('{"batch": false}', "batch: must be a whole number, not false"),
        ('{"layers": [{"neuron": "cubic"}]}', "layers[0].neuron: there is no neuron type called 'cubic'"),
    ],
)
def test_a_broken_config_is_one_sentence_that_names_the_file(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text)
    with pytest.raises(UsageError) as caught:
        config_from(read_given(path), path)
    assert str(caught.value).startswith(f"{path}: ")
    assert words in str(caught.value)


def test_what_cannot_be_read_or_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_given(tmp_path / "missing.json")
    with pytest.raises(UsageError, match="is a directory"):
        read_given(tmp_path)
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="not UTF-8"):
        read_given(tmp_path / "binary.json")
    with pytest.raises(UsageError, match="no such file"):
        save(run(Config.from_json(CONFIG), 0), tmp_path / "missing" / "out.safetensors")


FOREST: dict[str, Any] = {
    "data": {"name": "moons", "count": 60},
    "forest": {"random": 1, "completely_random": 1, "trees": 3, "levels": 4, "patience": 1},
}


def test_a_forest_grows_until_no_level_is_to_come_and_says_what_it_is(tmp_path: Path) -> None:
    grower = run(Config.from_json(FOREST), 100)
    told = json.loads(report(grower, as_json=True))
    assert told["epoch"] == len(told["history"]["rows"]) - 1 < 100
    assert told["parameters"] == grower.network.parameter_count
    assert (told["cost"], told["diverged"]) == (None, None)
    said = report(grower, as_json=False)
    assert re.match(rf"{told['epoch']} levels, {told['parameters']} nodes; level \d answers\nloss ", said)
    save(grower, tmp_path / "forest.safetensors")
    assert learner.load((tmp_path / "forest.safetensors").read_bytes()).epoch == told["epoch"]
