"""What is shown is the pattern that is cued, damaged as wished; its picture tells how it falls, and what it became."""

import numpy as np
import pytest

from app.links.memory_link import MemoryLink, packed, read
from app.live.memory.hopfield import HopfieldWork, price_of, start_of
from nncore.errors import InputError
from nncore.memory.glyphs import glyphs

X = glyphs(10)


def test_damage_is_what_the_link_says() -> None:
    assert int((start_of(read("cue=3&flip=20")) != X[2]).sum()) == 20
    erased = start_of(read("cue=2&flip=0&erase=bottom"))
    assert np.array_equal(erased[:50], X[1][:50])
    assert (erased[50:] == -1).all()


def test_what_was_drawn_takes_the_place_of_a_pattern() -> None:
    start = start_of(read(f"flip=0&start={packed(X[3:])}"))
    assert np.array_equal(start, X[3])


def test_without_patterns_the_board_is_blank() -> None:
    assert (start_of(read("patterns=&flip=0")) == -1).all()


def run(link: str) -> HopfieldWork:
    work = HopfieldWork(read(link))
    work.advance(10**6)
    return work


@pytest.mark.parametrize("rule", ["hebb", "pseudo_inverse", "modern"])
def test_the_end_is_named(rule: str) -> None:
    shown = run(f"cue=2&rule={rule}").picture(afresh=True)
    assert shown.body["end"] == {"kind": "pattern", "of": (1,), "wrong": 0, "overlap": pytest.approx(1.0, abs=1e-3)}
    assert shown.body["overlaps"][1] == pytest.approx(1.0, abs=1e-3)
    assert ("weights" in shown.arrays) == (rule != "modern")
    assert (np.diff(shown.arrays["energies"]) <= 1e-4).all()


def test_energies_are_told_once_and_weights_too() -> None:
    work = HopfieldWork(read(""))
    assert len(work.picture(afresh=True).arrays["energies"]) == 1
    work.advance(30)
    second = work.picture(afresh=False)
    assert (second.body["history_start"], len(second.arrays["energies"])) == (1, 30)
    assert set(second.arrays) == {"state", "energies"}


def test_weights_are_bytes_around_nothing() -> None:
    arrays = HopfieldWork(read("")).picture(afresh=True).arrays
    w = X.T @ X / 100
    np.fill_diagonal(w, 0.0)
    low, high = arrays["weights_range"]
    np.testing.assert_allclose(low + arrays["weights"] / 255 * (high - low), w, atol=(high - low) / 500)


@pytest.mark.parametrize(
    ("body", "arrays"),
    [
        ({"epoch": 1}, {}),
        ({"epoch": -1}, {}),
        ({"offset": 100}, {}),
        ({"changed": "1"}, {}),
        ({}, {"state": np.zeros(99)}),
        ({}, {"state": np.full(100, 2.0)}),
        ({}, {"state": np.zeros(100, np.float32)}),
        ({}, {"energies": np.zeros((11, 1))}),
        ({}, {"energies": np.full(11, np.nan)}),
    ],
)
def test_a_state_that_is_none_is_refused(body: dict[str, object], arrays: dict[str, object]) -> None:
    work = HopfieldWork(read(""))
    work.advance(10)
    saved = work.saved()
    with pytest.raises(InputError, match="not the state of this memory"):
        HopfieldWork(read("")).restore(saved.body | body, saved.arrays | arrays)


def test_a_price_covers_what_is_made() -> None:
    memory = read("side=16")
    assert isinstance(memory, MemoryLink)
    assert price_of(memory) > 3 * 8 * 256 * 256
