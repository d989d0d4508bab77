"""Every combination is a mark at its place, with its interval, its words and its link."""

import re
from xml.etree import ElementTree

from app.reports.chart import HEIGHT, SHAPES, WIDTH, chart
from nncore.study.summary import pareto
from tests.app.reports.example import found
from tests.app.reports.page import Page


def places(markup: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'transform="translate\(([\d.]+) ([\d.]+)\)"', markup)]


def test_every_mark_is_a_link_with_words() -> None:
    markup = chart(found(), pareto(found()), "http://here")
    page = Page(markup)
    assert len(page.links) == 6
    assert "layers.neuron square, layers.units 4: test accuracy 0.990 (0.990 to 0.990), solved 4 of 4" in markup
    assert [text for text in page.texts if text in ("linear", "square")] == ["linear", "square"]
    ElementTree.fromstring(markup[markup.index("<svg class") :])


def test_larger_is_further_right_and_better_is_higher() -> None:
    shown = sorted(found(), key=lambda one: one.parameters)
    at = places(chart(shown, [], "http://here"))
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in at)
    assert [x for x, _ in at] == sorted({x for x, _ in at})
    assert (
        min(at, key=lambda place: place[1]) == at[[one.score for one in shown].index(max(one.score for one in shown))]
    )


def test_one_mark_alone_and_none_at_all_can_be_drawn() -> None:
    (one, *_) = found()
    assert len(places(chart([one], [one], "http://here"))) == 1
    assert chart([], [], "http://here") == "<p>No run has a score to draw.</p>"
    assert len(set(SHAPES)) == 8
