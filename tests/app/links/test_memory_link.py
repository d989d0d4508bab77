"""A memory's link is short, holds all of it, and is read back as it was; what is no link is refused in a sentence."""

import numpy as np
import pytest

from app.links.memory_link import MOST_PATTERNS, MemoryLink, packed, read, settings_of, unpacked, write
from nncore.errors import InputError
from nncore.memory.glyphs import glyphs
from nncore.memory.patterns import random_patterns

RNG = np.random.default_rng(0)


def test_the_usual_memory_has_an_empty_link() -> None:
    memory = read("?")
    assert write(memory) == ""
    assert np.array_equal(memory.x, glyphs(10))


@pytest.mark.parametrize("side", [4, 5, 10, 16])
@pytest.mark.parametrize("count", [0, 1, 7, MOST_PATTERNS])
def test_patterns_come_back_from_a_link(side: int, count: int) -> None:
    patterns = random_patterns(count, side * side, RNG)
    text = packed(patterns)
    assert np.array_equal(unpacked(text, side, "patterns"), patterns)
    # A bit for each unit, as letters of six.
    assert len(text) <= (count * side * side / 8 + 3) * 8 / 6 + 1


def test_everything_comes_back_from_a_link() -> None:
    patterns = random_patterns(3, 36, RNG)
    settings = settings_of(
        "hopfield", {"side": 6, "rule": "modern", "beta": 0.5, "flip": 30, "erase": "right", "seed": 7}
    )
    memory = MemoryLink("hopfield", settings, patterns, patterns[1], at=4, page={"lang": "zh"})
    found = read(write(memory))
    assert (found.machine, found.settings, found.at, found.page) == ("hopfield", settings, 4, {"lang": "zh"})
    assert np.array_equal(found.x, patterns)
    assert found.start is not None
    assert np.array_equal(found.start, patterns[1])


BAD = [
    ("machine=elephant", "machine", "available: hopfield"),
    ("rul=hebb", "rul", "did you mean rule?"),
    ("side=99", "side", "from 4 to 16"),
    ("flip=120", "flip", "from 0 to 100"),
    ("rule=storkey", "rule", "pseudo_inverse"),
    ("cue=5", "cue", "there is no pattern 5; there are 4"),
    ("patterns=AAAA", "patterns", "cut short or altered"),
    ("patterns=%21", "patterns", "cut short or altered"),
    ("side=4&start=" + packed(random_patterns(2, 16, RNG)), "start", "must hold one pattern, not 2"),
    ("side=4&patterns=" + packed(random_patterns(33, 16, RNG)), "patterns", "at most 32 patterns, not 33"),
]


@pytest.mark.parametrize(("link", "path", "words"), BAD)
def test_what_is_wrong_is_said_at_its_key(link: str, path: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as refused:
        read(link)
    assert refused.value.path == path


def test_a_link_that_was_cut_short_or_altered_is_noticed_wherever_that_is() -> None:
    text = packed(random_patterns(4, 100, RNG))
    for place in range(len(text)):
        other = "A" if text[place] != "A" else "B"
        for wrong in (text[:place], text[:place] + other + text[place + 1 :]):
            if wrong:
                with pytest.raises(InputError):
                    unpacked(wrong, 10, "patterns")
