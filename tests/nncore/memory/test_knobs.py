"""Every machine's settings are whole: a default within its range, a sentence, a name of its own."""

import pytest

from nncore.memory.knobs import KNOBS, MACHINES


@pytest.mark.parametrize("machine", MACHINES)
def test_settings_are_whole(machine: str) -> None:
    names = [knob.name for knob in KNOBS[machine]]
    assert len(set(names)) == len(names)
    for knob in KNOBS[machine]:
        assert knob.check(knob.default, knob.name) == knob.default
        assert knob.sentence.endswith(".")
