"""Whichever the machine: cut into turns or whole, saved or not, reset or new, it does the same to the bit."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from app.live.commands import Memory
from app.live.memory.opening import requested_memory
from app.live.memory.work import Work
from app.live.upload import Upload
from app.settings import Settings
from nncore.memory.knobs import MACHINES


def a_work(machine: str) -> Work:
    return requested_memory(Memory(machine=machine), Upload(Settings()), Settings()).build()


def assert_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> None:
    assert set(one) == set(other)
    for name in one:
        np.testing.assert_array_equal(one[name], other[name])


def go(work: Work, steps: int) -> None:
    """Exactly so many: a work may stop short where an epoch ends."""
    while steps > 0:
        steps -= work.advance(steps)


@pytest.mark.parametrize("machine", MACHINES)
def test_turns_saves_and_looks_make_no_difference(machine: str) -> None:
    whole, parts = a_work(machine), a_work(machine)
    go(whole, 150)
    for steps in (1, 49, 60, 40):
        go(parts, steps)
        parts.picture(afresh=False)
        again = a_work(machine)
        saved = parts.saved()
        again.restore(saved.body, saved.arrays)
        parts = again
    assert (parts.step, parts.saved().body) == (whole.step, whole.saved().body)
    assert_same(parts.saved().arrays, whole.saved().arrays)


@pytest.mark.parametrize("machine", MACHINES)
def test_reset_is_as_new(machine: str) -> None:
    work, new = a_work(machine), a_work(machine)
    go(work, 77)
    work.reset()
    assert_same(work.saved().arrays, new.saved().arrays)
    assert_same(work.picture(afresh=True).arrays, new.picture(afresh=True).arrays)
