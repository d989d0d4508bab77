"""The report is one file that needs nothing else, and says what is missing."""

import re

import pytest

from app.reports import study_report
from app.reports.study_report import report
from tests.app.reports.example import STUDY, rows
from tests.app.reports.page import Page


def test_it_asks_for_nothing_from_elsewhere() -> None:
    text = report(STUDY, rows(), "http://127.0.0.1:8000")
    page = Page(text)
    assert {tag for tag, _ in page.tags} & {"img", "link", "iframe", "object"} == set()
    assert not [attributes for _, attributes in page.tags if "src" in attributes]
    assert re.findall(r"url\(|@import|fetch\(|https://", text) == []
    assert all(link.startswith("http://127.0.0.1:8000/?") for link in page.links)
    assert len(page.links) == 3 * 6


def test_it_says_what_was_asked_and_what_is_missing() -> None:
    text = report(STUDY, rows(), "http://here")
    assert "6 combinations, 4 seeds each (all on the same points), up to 50 epochs" in text
    assert "Not complete" not in text
    assert "12 of 24 runs are there" in report(STUDY, rows()[:12], "http://here")
    failed = [{**row, "error": "gone", "solved": None, "test_accuracy": None} for row in rows()]
    assert "24 runs failed" in report(STUDY, failed, "http://here")
    assert "Not complete" in report(STUDY, [], "http://here")


def test_of_too_many_the_best_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(study_report, "MOST_SHOWN", 2)
    text = report(STUDY, rows(), "http://here")
    assert "Shown are the 2 best" in text
    assert {link.split("=")[1][0] for link in Page(text).links} == {"2", "4"}


def test_what_a_study_names_cannot_become_markup() -> None:
    odd = [{**row, "layers.neuron": "<script>alert(1)</script>"} for row in rows()]
    assert "<script>alert" not in report(STUDY, odd, "http://here")
