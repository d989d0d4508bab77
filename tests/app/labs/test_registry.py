"""The contract of every lab: what it opens can be opened, its goals begin unreached, its solution reaches them.

Its claims are in tests/app/lessons/test_claims.py, its words in test_texts.py.
"""

import re
from typing import Any

import pytest

from app.labs import registry
from app.labs.conditions import all_hold, figures_of
from app.labs.lab import THEMES, Lab, Solution, Step
from app.labs.registry import UnknownLab, find, labs, opening
from app.lessons import memory_check
from app.lessons.memory_claims import shown_link
from app.links import link, memory_link
from app.links.limits import read_link
from app.links.page_parts import MEMORY, NAMES, PARTS
from app.live.memory.opening import WORKS
from app.settings import Settings
from nncore.editing import edit
from nncore.errors import OutOfRange, WrongType
from nncore.features import FEATURES
from nncore.learner import AnyLearner, begin
from nncore.trainer import Trainer

ON_MEMORY = ("bar", "answer", *MEMORY)
"""Parts of the memory's page."""

GOALS = [
    pytest.param(lab, number, step, id=f"{lab.name}-{step.id}")
    for lab in labs().values()
    for number, step in enumerate(lab.steps, 1)
    if step.kind == "do"
]


def run(text: str, epochs: int = 0) -> AnyLearner:
    found = link.read(text)
    return begin(found.config).run(found.epochs + epochs)


def settled(lab: Lab, text: str) -> tuple[Any, Any]:
    """What was set in `text`, and how it stands as it opens: what conditions are about."""
    if lab.page == memory_link.PAGE:
        memory = memory_link.read(text)
        work = WORKS[memory.machine][0](memory)
        memory_check.run(work, memory.at)
        return memory_link.described(memory), work.figures()
    shown = run(text)
    return shown.config, figures_of(shown)


def reaches(lab: Lab, step: Step, solution: Solution) -> bool:
    if lab.page == memory_link.PAGE:
        return memory_check.first_reached(step, memory_link.read(solution.link)) is not None
    solved = run(solution.link)
    for layer, param, place, value in solution.edits:
        assert isinstance(solved, Trainer), "a forest has no numbers to set"
        edit(solved, layer, param, place, value)
    solved.run(solution.epochs)
    return all_hold(step.goal, solved.config, figures_of(solved))


def test_labs_are_in_the_order_of_their_themes() -> None:
    order = [(THEMES.index(lab.theme), lab.number) for lab in labs().values()]
    assert order == sorted(set(order))


@pytest.mark.parametrize("name", labs())
def test_what_a_lab_opens_this_server_trains(name: str) -> None:
    lab, settings = labs()[name], Settings()
    if lab.page == memory_link.PAGE:
        for number, _ in enumerate(lab.steps, 1):
            opened = memory_link.read(f"lab={name}&step={number}")
            assert "speed" in opened.page, "how fast is the lab's matter there"
            assert opened.settings == memory_link.read(lab.link(number)).settings
            assert (opened.page["lab"], opened.page["step"]) == (name, str(number))
        for claim in lab.claims.values():
            memory_link.read(shown_link(claim))
        return
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
    assert set(pointed) | set(lab.hide) | set(lab.lock) <= set(ON_MEMORY if lab.page == memory_link.PAGE else NAMES)
    # What is hidden cannot be pointed at, and what a hint says cannot be locked.
    assert not set(pointed) & set(lab.hide)
    assert not {hint.at for step in lab.steps for hint in step.hints} & set(lab.lock)


HELD_BY = {
    "activation-all": "activation",
    "depth": "layers",
    "draw": "own",
    "draw-point": "own",
    "dream": "",
    **{f"feature-{name}": f"feature_{name}" for name in FEATURES.names()},
    "flip-typed": "",
    "hebb-rule": "",
    "init": "more",
    "inspect-output": "inspector",
    "inspector-unit": "inspector",
    "knob-steps": "formula",
    "learning-rate-typed": "rate",
    "more": "more",
    "neuron-all": "neuron",
    "neuron-output": "output",
    "play": "play",
    "regularisation": "penalty",
    "regularisation-rate-typed": "penalty_rate",
    "rule": "",
    "step": "step",
    "unit--": "inspector",
    "weight-": "inspector",
    "width-": "layers",
}
"""The controls that solutions press, but for their numbers, each with the part that holds it, if that may be hidden."""

AROUND = {part.name: part.within for part in PARTS}


def holding(control: str) -> set[str]:
    """The parts that would take this control with them."""
    found, part = set(), HELD_BY[re.sub(r"\d+", "", control)]
    while part:
        found.add(part)
        part = AROUND[part]
    return found


@pytest.mark.parametrize("name", labs())
def test_what_a_solution_presses_is_neither_hidden_nor_locked(name: str) -> None:
    lab = labs()[name]
    moves = [move for step in lab.steps if step.solution for move in step.solution.moves]
    assert moves
    for verb, *rest in moves:
        pressed = rest if verb == "press" else [verb] if verb in ("play", "draw") else rest[:1]
        for control in pressed:
            assert not holding(control) & {*lab.hide, *lab.lock}, control


@pytest.mark.parametrize("name", labs())
def test_a_lab_asks_before_it_shows(name: str) -> None:
    kinds = [step.kind for step in labs()[name].steps]
    assert kinds[0] == "read"
    assert kinds[-1] == "explain"
    assert {"predict", "do", "see"} <= set(kinds)
    assert kinds.index("predict") < kinds.index("see")


@pytest.mark.parametrize(("lab", "number", "step"), GOALS)
def test_a_goal_is_unreached_at_first_and_reached_by_its_solution(lab: Lab, number: int, step: Step) -> None:
    set_up, begun = settled(lab, lab.link(number))
    assert not all_hold(step.goal, set_up, begun)
    assert step.hint(set_up, begun) is not None, "no hint at the beginning"
    assert step.solution is not None
    assert step.solution.epochs <= step.epochs
    assert reaches(lab, step, step.solution)


@pytest.mark.parametrize(("lab", "number", "step"), GOALS)
def test_every_hint_fires_where_it_should(lab: Lab, number: int, step: Step) -> None:
    for index, hint in enumerate(step.hints):
        set_up, shown = settled(lab, hint.example if hint.example is not None else lab.link(number))
        assert step.hint(set_up, shown) == index, hint.id


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


def test_a_lab_of_another_page_says_where_it_is() -> None:
    with pytest.raises(OutOfRange, match=r"is beside another page: open /memory\?lab=remembering"):
        link.read("lab=remembering")
    with pytest.raises(OutOfRange, match=r"open /\?lab=one_straight_line"):
        memory_link.read("lab=one_straight_line")


def test_a_memory_beside_a_lab_stays_as_it_was_set() -> None:
    found = memory_link.read("rule=modern&lab=remembering&step=2")
    assert found.settings == memory_link.read("rule=modern").settings
    assert memory_link.write(found) == "rule=modern&lab=remembering&step=2"


def test_labs_are_read_once() -> None:
    assert registry.labs() is registry.labs()
