"""Two settings against each other: each field says how many runs solved it and opens the best."""

from app.reports.heat_map import drawn, heat_map
from tests.app.reports.example import STUDY, found
from tests.app.reports.page import Page


def test_the_first_two_with_several_values_are_drawn() -> None:
    assert heat_map(found(), STUDY.paths) == ("layers.neuron", "layers.units")
    assert heat_map(found()[:3], STUDY.paths) is None


def test_fields_count_all_their_runs_and_open_the_best() -> None:
    page = Page(drawn(found(), "layers.units", "layers.neuron", "http://here"))
    assert [text for text in page.texts if "/" in text] == ["0/4", "0/4", "0/4", "1/4", "2/4", "4/4"]
    assert page.links[-1] == "http://here/?layers=4&run_seed=0"
    shares = [attributes["style"] for tag, attributes in page.tags if tag == "td" and "style" in attributes]
    assert shares[-1] == "--share:1.000"
