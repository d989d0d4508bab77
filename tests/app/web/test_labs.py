"""What the pages about labs show: every lab by its theme, paths of labs that exist, notes and sheets in full."""

import pytest

from app.labs.registry import labs
from app.labs.texts import LANGUAGES
from app.web.labs import PATHS, index, paths, teacher, worksheet


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_has_every_lab_once(language: str) -> None:
    shown = [lab["name"] for theme in index(language)["themes"] for lab in theme["labs"]]
    assert shown == list(labs())


def test_paths_lead_through_labs_that_exist() -> None:
    assert set(paths()) == set(PATHS)
    for way in paths().values():
        assert len(set(way)) == len(way) > 0
        assert set(way) <= set(labs())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", labs())
def test_a_teacher_is_told_each_answer_and_each_figure(name: str, language: str) -> None:
    lab, told = labs()[name], teacher(labs()[name], language)
    assert len(told["answers"]) == sum(step.kind == "predict" for step in lab.steps)
    assert len(told["measured"]) == sum(len(step.claims) for step in lab.steps)
    assert all(told["parts"].values())


@pytest.mark.parametrize("name", labs())
def test_a_worksheet_asks_what_the_lab_asks(name: str) -> None:
    parts = worksheet(labs()[name], "en")["parts"]
    asked = [(step.kind, step.sketch) for step in labs()[name].steps if step.kind != "read"]
    assert [(part["kind"], part["sketch"]) for part in parts] == asked
