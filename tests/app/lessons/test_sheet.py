"""What the page is told of a lab: every step in both languages, nothing that a browser would have to guess."""

import json
from typing import Any

import pytest

from app.labs.registry import labs
from app.labs.texts import LANGUAGES
from app.lessons.sheet import sheet


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", labs())
def test_each_step_has_what_its_kind_shows(name: str, language: str) -> None:
    told = sheet(labs()[name], language)
    json.dumps(told, allow_nan=False)
    needed = {"predict": {"then"}, "do": {"goal", "hints", "then"}, "see": {"runs"}}
    for step, known in zip(told["steps"], labs()[name].steps, strict=True):
        assert needed.get(step["kind"], set()) <= set(step)
        assert step["kind"] == known.kind
        assert step["html"].startswith("<")
        if step["kind"] == "predict":
            assert len({"choices", "number", "sketch"} & set(step)) == 1
    for run in (run for step in told["steps"] for run in step.get("runs", ())):
        assert len(run["accuracies"]) >= 20
        assert all(0 <= share <= 1 for share in run["accuracies"])


def test_what_dots_are_shares_of_is_said_where_it_is_not_the_test_points_that_are_right() -> None:
    axes = {step["axis"] for lab in ("confident_nonsense", "downhill") for step in seen(lab)}
    assert axes == {"far", ""}
    assert [step["axis"] for step in seen("dreaming")] == ["boltzmann", "dreams"]


def seen(name: str) -> list[dict[str, Any]]:
    """The steps of a lab that show runs."""
    return [step for step in sheet(labs()[name], "en")["steps"] if step["kind"] == "see"]


def test_a_step_says_whose_experiment_it_goes_on_with() -> None:
    for name, lab in labs().items():
        for number, step in enumerate(sheet(lab, "en")["steps"], 1):
            assert lab.link(number) == lab.steps[step["opened"] - 1].link, name
