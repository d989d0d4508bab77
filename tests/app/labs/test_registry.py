"""The contract of every lab: what it opens can be opened, its goals begin unreached, its solution reaches them.

Its claims are in tests/app/lessons/test_claims.py, its words in test_texts.py.
"""

import pytest

from app.labs import registry
from app.labs.conditions import all_hold, figures_of
from app.labs.lab import THEMES, Lab, Step
from app.labs.registry import UnknownLab, find, labs, opening
from app.links import link
from app.links.limits import read_link
from app.links.page_parts import NAMES
from app.settings import Settings
from nncore.editing import edit
from nncore.errors import OutOfRange, WrongType
from nncore.learner import AnyLearner, begin
from nncore.trainer import Trainer

GOALS = [
    pytest.param(lab, number, step, id=f"{lab.name}-{step.id}")
    for lab in labs().values()
    for number, step in enumerate(lab.steps, 1)
    if step.kind == "do"
]


def run(text: str, epochs: int = 0) -> AnyLearner:
    found = link.read(text)
    return begin(found.config).run(found.epochs + epochs)


def test_labs_are_in_the_order_of_their_themes() -> None:
    order = [(THEMES.index(lab.theme), lab.number) for lab in labs().values()]
    assert order == sorted(set(order))


@pytest.mark.parametrize("name", labs())
def test_what_a_lab_opens_this_server_trains(name: str) -> None:
    lab, settings = labs()[name], Settings()
    for number, step in enumerate(lab.steps, 1):
        found = read_link(f"lab={name}&step={number}", settings)
        assert found.config == link.read(lab.link(number)).config
        assert (found.page["lab"], found.page["step"]) == (name, str(number))
        if step.solution is not None:
            read_link(step.solution.link, settings)
    for claim in lab.claims.values():
        read_link(claim.link, settings)


@pytest.mark.parametrize("name", labs())
def test_what_a_lab_names_of_the_page_is_there(name: str) -> None:
    lab = labs()[name]
    pointed = [step.at for step in lab.steps if step.at] + [hint.at for step in lab.steps for hint in step.hints]
    assert set(pointed) | set(lab.hide) | set(lab.lock) <= set(NAMES)
    # What is hidden cannot be pointed at, and what a hint says cannot be locked.
    assert not set(pointed) & set(lab.hide)
    assert not {hint.at for step in lab.steps for hint in step.hints} & set(lab.lock)


@pytest.mark.parametrize("name", labs())
def test_a_lab_asks_before_it_shows(name: str) -> None:
    kinds = [step.kind for step in labs()[name].steps]
    assert kinds[0] == "read"
    assert kinds[-1] == "explain"
    assert {"predict", "do", "see"} <= set(kinds)
    assert kinds.index("predict") < kinds.index("see")


@pytest.mark.parametrize(("lab", "number", "step"), GOALS)
def test_a_goal_is_unreached_at_first_and_reached_by_its_solution(lab: Lab, number: int, step: Step) -> None:
    begun = run(lab.link(number))
    assert not all_hold(step.goal, begun.config, figures_of(begun))
    assert step.hint(begun.config, figures_of(begun)) is not None, "no hint at the beginning"
    assert step.solution is not None
    assert step.solution.epochs <= step.epochs
    solved = run(step.solution.link)
    for layer, param, place, value in step.solution.edits:
        assert isinstance(solved, Trainer), "a forest has no numbers to set"
        edit(solved, layer, param, place, value)
    solved.run(step.solution.epochs)
    assert all_hold(step.goal, solved.config, figures_of(solved))


@pytest.mark.parametrize(("lab", "number", "step"), GOALS)
def test_every_hint_fires_where_it_should(lab: Lab, number: int, step: Step) -> None:
    for index, hint in enumerate(step.hints):
        shown = run(hint.example if hint.example is not None else lab.link(number))
        assert step.hint(shown.config, figures_of(shown)) == index, hint.id


def test_an_unknown_lab_is_answered_with_the_nearest() -> None:
    name = next(iter(labs()))
    with pytest.raises(UnknownLab, match=f"did you mean '{name}'"):
        find(f"{name}s")


def test_a_step_that_is_none_is_said() -> None:
    lab = next(iter(labs().values()))
    with pytest.raises(OutOfRange, match=f"must be from 1 to {len(lab.steps)}"):
        opening(lab.name, "99")
    with pytest.raises(WrongType, match="must be the number of a step, not -1"):
        opening(lab.name, "-1")


def test_a_link_that_holds_an_experiment_keeps_it_beside_a_lab() -> None:
    lab = next(iter(labs().values()))
    found = link.read(f"data=moons&lab={lab.name}&step=2")
    assert found.config == link.read("data=moons").config
    assert "hide" not in found.page


def test_labs_are_read_once() -> None:
    assert registry.labs() is registry.labs()
