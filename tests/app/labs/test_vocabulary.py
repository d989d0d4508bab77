"""A goal speaks the words of the page that its lab stands beside, and of no other."""

import pytest

from app.labs.conditions import NETWORK, Condition
from app.labs.memory_conditions import MEMORY
from nncore.errors import UnknownName


def test_a_goal_knows_what_its_own_page_has() -> None:
    assert Condition.from_json({"what": "angle", "at_most": 5}, "goal", MEMORY).vocabulary is MEMORY
    assert Condition.from_json({"what": "epoch", "at_least": 5}, "goal").vocabulary is NETWORK


def test_what_another_page_has_is_unknown() -> None:
    with pytest.raises(UnknownName, match="angle"):
        Condition.from_json({"what": "angle", "at_most": 5}, "goal")
    with pytest.raises(UnknownName, match="test_accuracy"):
        Condition.from_json({"what": "test_accuracy", "at_least": 1}, "goal", MEMORY)
