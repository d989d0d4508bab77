"""A Boltzmann machine at work: pictures as bytes, records each epoch, dreams that leave the weights alone."""

import numpy as np
import pytest

from app.links.memory_link import read
from app.live.memory.boltzmann import BoltzmannWork, data_of, price_of
from nncore.errors import InputError
from nncore.memory.digits import digits
from nncore.memory.glyphs import glyphs


def work_of(link: str = "data=drawings&side=8&hidden=6") -> BoltzmannWork:
    return BoltzmannWork(read(f"machine=boltzmann&{link}"))


def test_it_is_shown_digits_or_what_was_drawn() -> None:
    assert data_of(read("machine=boltzmann")) is digits()
    assert np.array_equal(data_of(read("machine=boltzmann&data=drawings&side=8")), glyphs(8) > 0)
    assert data_of(read("machine=boltzmann&data=drawings&side=8&patterns=")).shape == (1, 64)


def test_a_record_comes_with_each_epoch_and_is_told_once() -> None:
    work = work_of("data=drawings&side=8&hidden=6&batch=2")
    assert work.picture(afresh=True).arrays["history"].shape == (1, 4)
    assert work.advance(5) == 2
    assert work.advance(1) == 1
    assert work.advance(1) == 1
    told = work.picture(afresh=False)
    assert told.body["history_start"] == 1
    assert told.arrays["history"][:, 0].tolist() == [1.0, 2.0]
    assert "shown" not in told.arrays


def test_pictures_are_bytes_and_damaged_ones_differ_as_asked() -> None:
    arrays = BoltzmannWork(read("machine=boltzmann&flip=25")).picture(afresh=True).arrays
    assert {name: array.shape for name, array in arrays.items() if name != "history"} == {
        "hidden": (32, 64),
        "hidden_range": (2,),
        "mended": (8, 64),
        "dreams": (12, 64),
        "shown": (8, 64),
        "damaged": (8, 64),
    }
    assert abs((arrays["shown"] != arrays["damaged"]).mean() - 0.25) < 0.08


def test_it_learns_its_figures() -> None:
    work = work_of("data=drawings&side=8&hidden=16&batch=4&momentum=0.5")
    for _ in range(400):
        work.advance(1)
    _, error, free, damaged = work.picture(afresh=True).arrays["history"][-1]
    assert error < 0.05
    assert damaged - free > 5


def test_dreams_begin_from_noise_and_end_with_a_word() -> None:
    work = work_of()
    work.advance(1)
    work.dream(on=True)
    assert (work.dreaming, work.steps_per_epoch) == (True, 10)
    assert work.advance(100) == 10
    assert work.picture(afresh=False).body["dreamt"] == 10
    again = work_of()
    saved = work.saved()
    again.restore(saved.body, saved.arrays)
    assert again.dreaming
    work.dream(on=False)
    assert (work.dreaming, work.epoch) == (False, 1)
    work.dream(on=True)
    assert work.picture(afresh=False).body["dreamt"] == 0


@pytest.mark.parametrize("body", [{"epoch": 7}, {"offset": 99}, {"dreamt": -1}, {"epoch": True}])
def test_a_state_that_is_none_is_refused(body: dict[str, object]) -> None:
    saved = work_of().saved()
    with pytest.raises(InputError, match="not the state of this memory"):
        work_of().restore(saved.body | body, saved.arrays)
    with pytest.raises(InputError, match="not the state of this memory"):
        work_of().restore(saved.body, saved.arrays | {"w": np.zeros((3, 3))})


def test_a_price_covers_pictures_and_weights() -> None:
    assert price_of(read("machine=boltzmann")) > 8 * (1797 * 64 + 3 * 64 * 32)
