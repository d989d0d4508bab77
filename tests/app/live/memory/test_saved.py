"""A memory as one file: it comes back as it was, and what is not one is refused in a sentence."""

import json

import pytest
import safetensors.numpy

from app.links.memory_link import read as read_link
from app.live.frames import read as read_frame
from app.live.memory import saved
from app.live.memory.hopfield import HopfieldWork
from nncore.errors import InputError

MEMORY = read_link("cue=2&seed=3")
WORK = HopfieldWork(MEMORY)
WORK.advance(30)
DATA = saved.write(MEMORY, WORK.saved())


def test_it_comes_back_as_it_was() -> None:
    memory, shown = saved.read(DATA)
    assert memory.settings == MEMORY.settings
    again = HopfieldWork(memory)
    again.restore(shown.body, shown.arrays)
    assert again.recall.energies == WORK.recall.energies
    assert (again.recall.last, again.step) == (WORK.recall.last, 30)


@pytest.mark.parametrize("change", [{"link": 3}, {"link": "cue=99"}, {"link": "oops=1"}, {"work": None}])
def test_what_is_odd_in_it_is_refused(change: dict[str, object]) -> None:
    _, body, arrays = read_frame(DATA)
    data = safetensors.numpy.save(arrays, {"kind": "memory", "body": json.dumps(body | change)})
    with pytest.raises(InputError) as refused:
        saved.read(data)
    assert refused.value.path.startswith("uploaded")


@pytest.mark.parametrize("data", [b"", b"12345678901234567890", DATA[:-9], DATA[:40]], ids=len)
def test_what_is_cut_short_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as refused:
        saved.read(data)
    assert refused.value.path.startswith("uploaded")
