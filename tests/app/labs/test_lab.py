"""A lab's folder is read whole or refused in one sentence that names the place."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.labs.conditions import BadLab
from app.labs.lab import Lab, read_lab
from nncore.errors import OutOfRange

WHOLE: dict[str, Any] = {
    "number": 1,
    "theme": "neuron",
    "level": 1,
    "minutes": 5,
    "source": "nobody",
    "steps": [
        {"id": "look", "kind": "read", "link": "data=xor"},
        {"id": "guess", "kind": "predict", "choices": ["a", "b"], "answer": "a"},
        {"id": "other", "kind": "read", "link": "data=moons"},
    ],
    "claims": {"one": {"link": "data=xor", "epochs": 1, "holds": []}},
}


def lab_of(folder: Path, **changes: Any) -> Lab:
    place = folder / "try"
    place.mkdir(exist_ok=True)
    (place / "lab.json").write_text(json.dumps(WHOLE | changes), encoding="utf-8")
    return read_lab(place)


def test_a_step_without_a_link_goes_on_with_the_one_before(tmp_path: Path) -> None:
    lab = lab_of(tmp_path)
    assert [lab.link(number) for number in (1, 2, 3)] == ["data=xor", "data=xor", "data=moons"]
    assert lab.opening == "data=xor"
    with pytest.raises(OutOfRange, match="must be from 1 to 3 in this lab, not 4"):
        lab.step(4)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"theme": "depths"}, "try/lab.json: theme: there is no theme called 'depths' .did you mean 'depth'"),
        ({"colour": 1}, "try/lab.json: colour: is not a field here; available: number"),
        ({"steps": [{"id": "a", "kind": "read"}]}, r"steps\[0\].link: is missing"),
        ({"steps": [{"id": "a", "kind": "reads", "link": ""}]}, r"steps\[0\].kind: there is no kind of step"),
        ({"steps": [{"id": "a", "kind": "do", "link": ""}]}, r"steps\[0\].goal: is missing"),
        ({"steps": [{"id": "a", "kind": "read", "link": "", "goal": []}]}, r"steps\[0\].goal: is not a field here"),
        (
            {"steps": [{"id": "a", "kind": "predict", "link": "", "choices": ["x"], "answer": "y"}]},
            r"steps\[0\].answer: must be one of the choices x, not y",
        ),
        (
            {"steps": [{"id": "a", "kind": "predict", "link": "", "sketch": True, "answer": "y"}]},
            r"steps\[0\].sketch: stands in place of answer, not beside it",
        ),
        (
            {"steps": [{"id": "a", "kind": "predict", "link": "", "sketch": 1}]},
            r"steps\[0\].sketch: must be true, not 1",
        ),
        (
            {"page": "memory", "steps": [{"id": "a", "kind": "predict", "link": "", "sketch": True}]},
            r"steps\[0\].sketch: is drawn on the network's output, and this lab stands beside another page",
        ),
        (
            {"steps": [{"id": "a", "kind": "read", "link": "", "sketch": True}]},
            r"steps\[0\].sketch: is not a field here",
        ),
        ({"steps": [{"id": "a", "kind": "see", "link": "", "claims": ["two"]}]}, r"no claim called 'two'"),
        ({"claims": {"one": {"link": "", "epochs": 1, "holds": [], "seeds": 5}}}, "must be at least 20, not 5"),
    ],
)
def test_a_slip_is_said_with_its_place(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(BadLab, match=said):
        lab_of(tmp_path, **changes)


def test_what_is_no_json_is_said(tmp_path: Path) -> None:
    (tmp_path / "try").mkdir()
    (tmp_path / "try" / "lab.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadLab, match=r"try/lab.json: is not JSON"):
        read_lab(tmp_path / "try")
