"""Packed points are read back to the bit, take what was promised, and are refused as soon as a letter is another."""

import base64
import binascii
import re
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.links.packed_points import packed, unpacked
from nncore.errors import InputError
from nncore.spec import Points

# Written by hand from the module's table, not by the code: four points, x and y with one decimal, labels 0 and 1.
#   version 1, count 4
#   x: 1 decimal, lowest -5 (zigzag 9), 11 sizes (-.5 to .5)      y: 1 decimal, lowest -2 (zigzag 3), 3 sizes
#   label: no decimals, lowest 0, 2 sizes; 11 * 3 * 2 = 66 codes of 7 bits
#   (.5, 0, 1): (10*3+2)*2+1 = 65   (-.5, -.2, 0): 0   (0, -.1, 1): (5*3+1)*2+1 = 33   (.1, 0, 0): (6*3+2)*2 = 40
GOLDEN_POINTS: Points = ((0.5, 0.0, 1.0), (-0.5, -0.2, 0.0), (0.0, -0.1, 1.0), (0.1, 0.0, 0.0))
GOLDEN_HEAD = bytes([1, 4, 1, 9, 11, 1, 3, 3, 0, 0, 2])
GOLDEN_BITS = "1000001" + "0000000" + "0100001" + "0101000" + "0000"


def text_of(body: bytes) -> str:
    whole = body + binascii.crc_hqx(body, 0).to_bytes(2, "big")
    return base64.urlsafe_b64encode(whole).decode().rstrip("=")


def test_the_golden_points_are_packed_as_the_table_says() -> None:
    golden = text_of(GOLDEN_HEAD + int(GOLDEN_BITS, 2).to_bytes(4, "big"))
    assert golden == "AQQBCQsBAwMAAAKCAQqAY0c"
    assert packed(GOLDEN_POINTS) == golden
    assert unpacked(golden, "points") == [list(point) for point in GOLDEN_POINTS]


NUMBERS = st.floats(-1, 1) | st.integers(-(10**4), 10**4).map(lambda n: n / 10**4)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS, st.integers(0, 7).map(float) | NUMBERS), min_size=1, max_size=40))
def test_every_number_comes_back_to_the_bit(points: list[tuple[float, float, float]]) -> None:
    text = packed(tuple(points))
    assert re.fullmatch(r"[A-Za-z0-9_-]+", text)
    back = unpacked(text, "points")
    # Two zeros are equal, and a link has one text for equal Configs.
    assert np.array(back).tobytes() == (np.array(points) + 0.0).tobytes()
    assert packed(tuple(map(tuple, back))) == text  # type: ignore[arg-type]  # three numbers each


def cloud(count: int, decimals: int, label: Callable[[np.random.Generator], np.ndarray]) -> Points:
    """Points anywhere in the square, with as many decimals: nothing that packing could make use of."""
    rng = np.random.default_rng(count)
    places = np.round(rng.uniform(-1, 1, (count, 2)), decimals)
    return tuple(map(tuple, np.column_stack([places, label(rng)]).tolist()))


@pytest.mark.parametrize("classes", [2, 8])
def test_five_hundred_drawn_points_take_two_thousand_seven_hundred_letters(classes: int) -> None:
    text = packed(cloud(500, 4, lambda rng: rng.integers(0, classes, 500)))
    assert len(text) <= 2700


def test_what_repeats_is_listed_once() -> None:
    """Measured data: a thousand flowers to the tenth of a centimetre, scaled, which makes six decimals of each."""
    rng = np.random.default_rng(1)
    steps = np.round(np.linspace(-0.9, 0.9, 38), 6)
    rows = np.column_stack([rng.choice(steps, (1000, 2)), rng.choice(steps, 1000)])
    text = packed(tuple(map(tuple, rows.tolist())))
    assert len(text) < 1000 * 3 * 6 / 6 + 600
    assert np.array_equal(unpacked(text, "points"), rows)


def test_any_other_letter_and_any_cut_is_noticed() -> None:
    text = packed(GOLDEN_POINTS)
    others = [text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :] for at in range(len(text) - 1)]
    for wrong in (*others, *(text[:length] for length in range(len(text))), text + "AAAA", text.lower()):
        with pytest.raises(InputError, match="cut short") as refused:
            unpacked(wrong, "points")
        assert refused.value.path == "points"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        bytes([2]) + GOLDEN_HEAD[1:] + bytes(4),  # another version
        bytes([1, 255, 255, 255, 127]) + GOLDEN_HEAD[2:],  # a quarter of a thousand million points
        bytes([1, 4]) + bytes([12, 0, 1]) * 3,  # twelve decimals
        bytes([1, 4]) + bytes([40, 0, 1]) * 3,
        bytes([1, 4]) + bytes([0, 0, 0]) * 3,  # no number at all in a column
        bytes([1, 4]) + bytes([15, 1, 1]) * 3,  # the bits of -1
        bytes([1, 4, 1, 9]) + bytes([255] * 40),  # a count without end
        bytes([1, 4, 16, 0, 255, 255, 3]) + bytes(60_000),  # a list longer than there are points at most
        GOLDEN_HEAD + bytes([255] * 4),  # codes above the largest, and ones behind the last
        GOLDEN_HEAD + bytes(5),
    ],
    ids=range(11),
)
def test_bytes_that_nobody_packs_are_refused(body: bytes) -> None:
    with pytest.raises(InputError, match="cut short"):
        unpacked(text_of(body), "points")


def test_the_very_same_points_are_packed_once() -> None:
    points = ((0.1, 0.2, 1.0), (0.3, 0.4, 0.0))
    equal = tuple((x, y, label) for x, y, label in points)
    text = packed(points)
    assert packed(points) is text
    assert packed(equal) == text
    assert packed(equal) is not text
