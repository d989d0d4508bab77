"""A link is judged over fresh seeds as the page judges one run; a solution passes, the opening does not."""

import pytest

from app.errors import UsageError
from app.labs.registry import labs
from app.lessons.check import check, first_met, goals
from app.links import link

LAB = labs()["depth_without_activation"]


def test_the_solution_passes_and_the_opening_does_not() -> None:
    number, step = next((number, step) for number, step in goals(LAB).items() if step.id == "mend")
    assert step.solution is not None
    assert check(LAB, step.solution.link, number, 5).count >= 4
    assert check(LAB, LAB.opening, number, 5).met == (None,) * 5


def test_a_goal_is_met_at_the_end_of_an_epoch() -> None:
    step = goals(LAB)[3]
    assert first_met(step, link.read(LAB.opening).config) == 40


def test_a_goal_about_the_points_of_the_page_is_judged_on_them() -> None:
    heart = labs()["learning_by_heart"]
    number, step = next((number, step) for number, step in goals(heart).items() if step.id == "leash")
    assert step.solution is not None
    # One test point in five has the wrong colour, of other points more or fewer: 80% is much to ask of some.
    assert check(heart, step.solution.link, number, 10).count == 10


def test_a_step_without_a_goal_is_refused() -> None:
    with pytest.raises(UsageError, match=r"--step must be a step with a goal \(3, 4, 5\), not 1"):
        check(LAB, LAB.opening, 1)
