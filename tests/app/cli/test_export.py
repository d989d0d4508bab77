"""Saved models become files; every mistake is one sentence that names the place."""

from pathlib import Path

import pytest

from app.cli.export import export, read_model, write, write_each
from app.errors import UsageError
from nncore import snapshot
from nncore.config import Config
from nncore.export import EXPORTS
from nncore.trainer import Trainer

TRAINER = Trainer(Config.from_json({"layers": [], "data": {"name": "xor", "count": 40}})).run(1)


@pytest.mark.parametrize("what", EXPORTS)
def test_a_saved_model_gives_what_the_run_gives(what: str, tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(snapshot.save(TRAINER))
    assert export(read_model(tmp_path / "model.safetensors"), what) == EXPORTS[what](TRAINER)


def test_only_what_has_a_path_is_written(tmp_path: Path) -> None:
    write_each(TRAINER, {"numpy": tmp_path / "a.py", "torch": None})
    assert [path.name for path in tmp_path.iterdir()] == ["a.py"]


def test_an_unknown_export_is_told_which_there_are() -> None:
    with pytest.raises(UsageError, match="'jax'; available: numpy, torch, data, history"):
        export(TRAINER, "jax")


def test_files_that_cannot_be_read_or_written_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.safetensors: no such file"):
        read_model(tmp_path / "gone.safetensors")
    with pytest.raises(UsageError, match=r"nowhere/a\.py: no such file"):
        write("", tmp_path / "nowhere" / "a.py")
    (tmp_path / "text").write_text("text")
    with pytest.raises(UsageError, match="text: is not a whole safetensors file"):
        read_model(tmp_path / "text")
