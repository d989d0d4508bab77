"""The verdict on a lab's goal: which of its conditions hold, whatever it is that runs.

A goal counts as reached at the end of any epoch, as in `neuron-playground lab NAME --check`: a run that reached it and
went on between two questions has reached it (`Since`). Not here: what a condition asks for (`app.labs.conditions`).
"""

import math
from collections.abc import Sequence
from typing import Any

from app.labs import registry
from app.labs.conditions import Figures
from app.labs.lab import Step
from app.live.commands import Ask
from nncore.learner import AnyLearner


class Since:
    """From which epoch on a run counts for a goal: since the question before, or since somebody changed the run."""

    def __init__(self) -> None:
        self._goal: tuple[str | None, int | None] | None = None
        self._epoch = 0

    def forget(self, epoch: int) -> None:
        """What came before `epoch` was another experiment."""
        self._epoch = epoch

    def passed(self, trainer: AnyLearner, question: Ask) -> list[Figures]:
        """How the run stood at the end of each recorded epoch that no question was about; nothing in a new step."""
        goal, since = (question.lab, question.step), self._epoch
        asked, self._goal, self._epoch = self._goal, goal, trainer.epoch
        if goal != asked:
            return []
        rows = trainer.history.since(0)
        between = (rows[:, 0] > since) & (rows[:, 0] < trainer.epoch)
        return [Figures(int(epoch), *values) for epoch, *values in rows[between].tolist()]


def step_of(question: Ask, page: str) -> Step:
    """The step that a question is about; raises InputError for a lab that stands beside another page than `page`."""
    assert question.lab is not None
    assert question.step is not None
    return registry.beside(question.lab, page).step(question.step)


def verdict(question: Ask, page: str, config: Any, figures: Any, passed: Sequence[Figures] = ()) -> dict[str, Any]:
    """The conditions that hold, the numbers that they are about, and the hint that fits.

    `passed` is how it stood since the question before: the first that reached the goal is told in place of `figures`.
    `page` is what the lab has to stand beside; raises InputError for a lab of another.
    """
    step = step_of(question, page)
    hint = step.hint(config, figures)
    figures = _first_reached(step, config, passed) or figures
    held = [condition.holds(config, figures) for condition in step.goal]
    seen = [condition.now(config, figures) for condition in step.goal]
    return {
        "lab": question.lab,
        "step": question.step,
        "epoch": figures.epoch,
        "met": bool(held) and all(held),
        "conditions": held,
        "now": [one if isinstance(one, list) else _short(one) for one in seen],
        "hint": hint,
    }


def _first_reached(step: Step, config: Any, passed: Sequence[Figures]) -> Figures | None:
    """The first of `passed` that reached the goal."""
    moving = [one for one in step.goal if one.moves]
    if not passed or not all(one.holds(config, passed[-1]) for one in step.goal if not one.moves):
        return None
    return next((each for each in passed if all(one.holds(config, each) for one in moving)), None)


def _short(value: float) -> float | None:
    """As many digits as a float32 has; null for what is not finite."""
    return float(f"{value:.7g}") if math.isfinite(value) else None
