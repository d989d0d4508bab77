"""What a `memory` command asks for, before anything is built."""

import pytest

from app.live.commands import Memory
from app.live.memory.opening import WORKS, requested_memory
from app.live.upload import Upload
from app.settings import Settings
from nncore.memory.knobs import MACHINES


def test_every_machine_can_work() -> None:
    assert set(WORKS) == set(MACHINES)


@pytest.mark.parametrize("machine", MACHINES)
def test_every_machine_opens_with_its_usual_settings_at_a_price(machine: str) -> None:
    start = requested_memory(Memory(machine=machine), Upload(Settings()), Settings())
    assert start.price > 0
    work = start.build()
    assert work.step == 0
    assert work.steps_to_epoch_end == work.steps_per_epoch
    assert work.diverged is None
