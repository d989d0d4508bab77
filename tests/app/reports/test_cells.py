"""The table has a line for each combination, each opens its best run."""

from dataclasses import replace

from app.reports.cells import table
from nncore.study.summary import pareto
from tests.app.reports.example import STUDY, found
from tests.app.reports.page import Page


def test_every_combination_has_a_line_that_opens_its_best_run() -> None:
    every = found()
    front = pareto(every)
    page = Page(table(every, STUDY.paths, front, "http://here"))
    lines = [attributes for tag, attributes in page.tags if tag == "tr"][1:]
    assert len(lines) == 6
    assert sum("class" in attributes for attributes in lines) == len(front) > 1
    assert page.links[:3] == [f"http://here/?layers={units}&run_seed=3" for units in (1, 2, 4)]
    assert page.links[5] == "http://here/?layers=4&run_seed=0"
    assert [text for text in page.texts if " of 4" in text] == [f"{solved} of 4" for solved in (0, 0, 0, 1, 2, 4)]


def test_a_forest_multiplies_nothing() -> None:
    one = replace(found()[0], multiply_adds=None)
    assert "–" in Page(table([one], STUDY.paths, [one], "http://here")).texts
