"""The server's pictures have the page's colours."""

import re

import numpy as np
import pytest

from app.paths import STATIC
from app.pictures.palette import ThemeName, mix, ramp, read_palette


@pytest.mark.parametrize(("theme", "sheet"), [("light", "tokens"), ("dark", "dark")])
def test_a_theme_s_colours_are_the_tokens_of_that_theme(theme: str, sheet: str) -> None:
    text = (STATIC / "css" / f"{sheet}.css").read_text(encoding="utf-8")
    values = re.findall(r"--(?:ground|low|edge-high|mark-1): (#[0-9a-f]{6});", text)[:4]
    palette = read_palette(theme)
    named = {palette.ground, palette.ends[0], palette.edge_high, palette.marks[1]}
    assert named == {tuple(int(value[at : at + 2], 16) for at in (1, 3, 5)) for value in values}


def test_a_ramp_runs_through_its_stops() -> None:
    colours = ramp(((0, 0, 0), (100, 50, 0), (200, 200, 200)))
    assert colours.shape == (256, 3)
    assert colours[0].tolist() == [0, 0, 0]
    assert colours[255].tolist() == [200, 200, 200]
    assert np.abs(colours[[127, 128]].mean(axis=0) - [100, 50, 0]).max() <= 1


def test_mixing_goes_from_one_to_the_other() -> None:
    assert [mix((0, 10, 200), (100, 20, 0), share) for share in (0.0, 0.5, 1.0)] == [
        (0, 10, 200),
        (50, 15, 100),
        (100, 20, 0),
    ]


def test_there_is_a_mark_and_a_surface_for_each_class() -> None:
    palette = read_palette()
    assert len(palette.classes) == len(palette.marks) >= 5
    assert (palette.confidence(2)[255] == palette.classes[2]).all()
    assert palette.mark(len(palette.marks)) == palette.mark(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_fade_to_grey_where_they_point_both_ways(theme: ThemeName) -> None:
    palette = read_palette(theme)
    assert (palette.edge(-1.0), palette.edge(1.0)) == (palette.edge_low, palette.edge_high)
    assert palette.edge(0.0) == palette.edge_both
    assert max(palette.edge_both) - min(palette.edge_both) < 25
    assert palette.edge(0.5) == mix(palette.edge_both, palette.edge_high, 0.5)
