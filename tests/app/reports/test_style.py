"""A report's colours are as many as are told apart, and each can be seen on its ground."""

import pytest

from app.reports.chart import MOST_COLOURS
from app.reports.style import COLOURS, DARK_COLOURS, STYLE


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(("colours", "ground"), [(COLOURS, "#ffffff"), (DARK_COLOURS, "#1b1f27")])
def test_marks_have_contrast(colours: tuple[str, ...], ground: str) -> None:
    assert len(set(colours)) == MOST_COLOURS
    assert ground in STYLE or ground == "#ffffff"
    for colour in colours:
        low, high = sorted((luminance(colour), luminance(ground)))
        assert (high + 0.05) / (low + 0.05) >= 3
