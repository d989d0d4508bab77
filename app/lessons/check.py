"""Whether a link reaches a lab's goal: the page's own verdict, over fresh seeds, so that luck is told from insight."""

from dataclasses import dataclass, replace

from app.errors import UsageError
from app.labs.conditions import all_hold, figures_of
from app.labs.lab import Lab, Step
from app.lessons.memory_check import first_reached
from app.lessons.memory_claims import seeded
from app.links import memory_link, tensorflow_playground
from nncore.config import Config
from nncore.learner import begin
from nncore.study.repeats import fresh_seeds


@dataclass(frozen=True)
class Verdict:
    """For each seed, the epoch at whose end the goal was met; None for never."""

    step: Step
    epochs: int
    met: tuple[int | None, ...]

    @property
    def count(self) -> int:
        """Seeds that met it."""
        return sum(epoch is not None for epoch in self.met)


def goals(lab: Lab) -> dict[int, Step]:
    """The steps with a goal, by their number."""
    return {number: step for number, step in enumerate(lab.steps, 1) if step.goal}


def check(lab: Lab, text: str, number: int | None = None, seeds: int = 20) -> Verdict:
    """Train the experiment of the link `text` with `seeds` fresh seeds until the goal of step `number` is met.

    The last goal of the lab where no number is given; each run has as many epochs as the step says, and fresh points
    unless the goal is about the same ones. Raises InputError.
    """
    found = goals(lab)
    number = max(found) if number is None else number
    if number not in found:
        raise UsageError(f"--step must be a step with a goal ({', '.join(map(str, found))}), not {number}")
    step = found[number]
    if lab.page == memory_link.PAGE:
        memory = memory_link.read(text)
        return Verdict(step, step.epochs, tuple(first_reached(step, seeded(memory, seed)) for seed in range(seeds)))
    config = tensorflow_playground.read(text).config
    fresh_points = config.dataset.fixed_count is None and not step.same_points
    chosen = fresh_seeds(config, seeds, data=fresh_points)
    return Verdict(step, step.epochs, tuple(first_met(step, replace(config, seeds=one)) for one in chosen))


def first_met(step: Step, config: Config) -> int | None:
    """The epoch at whose end the goal is first met, within the step's epochs."""
    trainer = begin(config)
    while True:
        if all_hold(step.goal, config, figures_of(trainer, step.asked)):
            return trainer.epoch
        if trainer.epoch >= step.epochs or trainer.diverged is not None or trainer.finished:
            return None
        trainer.advance(trainer.steps_to_epoch_end)
