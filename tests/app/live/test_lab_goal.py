"""The verdict on a goal: each condition with the number that it is about, and only of a lab of the page at hand."""

import pytest

from app.labs.memory_conditions import MemoryFigures
from app.labs.registry import find
from app.live.commands import Ask
from app.live.lab_goal import verdict
from nncore.errors import OutOfRange

NAME = "remembering"
STEP = next(number for number, step in enumerate(find(NAME).steps, 1) if step.id == "damage")
QUESTION = Ask(id=1, what="goal", lab=NAME, step=STEP)


def test_each_condition_is_told_with_its_number() -> None:
    told = verdict(QUESTION, "memory", {"machine": "hopfield"}, MemoryFigures(0, stored=4, damaged=0.3))
    assert (told["met"], told["conditions"], told["now"]) == (False, [True, False], [0.3, None])
    told = verdict(QUESTION, "memory", {"machine": "hopfield"}, MemoryFigures(2, 4, 0.3, 1.0))
    assert (told["met"], told["conditions"], told["epoch"]) == (True, [True, True], 2)


def test_a_lab_of_another_page_is_refused_with_its_address() -> None:
    with pytest.raises(OutOfRange, match=r"open /memory\?lab=remembering"):
        verdict(QUESTION, "", {}, None)
