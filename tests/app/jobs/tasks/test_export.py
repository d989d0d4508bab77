"""An export is the file that the command line would write; what is no checkpoint is refused."""

import pytest

from app.jobs.tasks.export import work
from app.settings import Settings
from nncore import snapshot
from nncore.config import Config
from nncore.errors import BadSnapshot, OutOfRange
from nncore.export import EXPORTS
from nncore.trainer import Trainer

TRAINER = Trainer(Config.from_json({"layers": [{"units": 3}], "data": {"name": "xor", "count": 60}})).run(4)
CHECKPOINT = snapshot.save(TRAINER)


@pytest.mark.parametrize("what", EXPORTS)
def test_a_checkpoint_becomes_a_file(what: str) -> None:
    assert work(what.encode() + b"\n" + CHECKPOINT, Settings()).decode() == EXPORTS[what](TRAINER)


def test_what_is_none_is_refused() -> None:
    with pytest.raises(BadSnapshot, match="checkpoint: is not"):
        work(b"data\n" + CHECKPOINT[:-1], Settings())


def test_a_run_beyond_this_server_s_limits_is_refused() -> None:
    with pytest.raises(OutOfRange, match=r"checkpoint.config.layers\[0\].units"):
        work(b"data\n" + CHECKPOINT, Settings(units=2))
