"""Whether a memory reaches a lab's goal, by itself: it is trained, or falls, and dreams where that is what is asked."""

from app.labs.conditions import all_hold
from app.labs.lab import Step
from app.links import memory_link
from app.links.memory_link import MemoryLink
from app.live.memory.boltzmann import BoltzmannWork
from app.live.memory.opening import WORKS
from app.live.memory.work import Work

DREAM_STEPS = 200
"""So long it dreams at most."""


def first_reached(step: Step, memory: MemoryLink) -> int | None:
    """The epoch, or sweep, at whose end the goal is first met, within the step's epochs."""
    work, described = WORKS[memory.machine][0](memory), memory_link.described(memory)
    run(work, min(memory.at, step.epochs))
    while not all_hold(step.goal, described, work.figures()):
        if _dreams(step, work):
            return _dream(step, described, work)
        if work.epoch >= step.epochs or work.diverged is not None:
            return None
        work.advance(work.steps_to_epoch_end)
    return work.epoch


def run(work: Work, epochs: int) -> None:
    """Go on to the end of this epoch, or to where it rests."""
    while work.epoch < epochs and work.diverged is None:
        work.advance(work.steps_to_epoch_end)


def _dreams(step: Step, work: Work) -> bool:
    """Whether it is trained, and asked to dream."""
    return work.epoch >= step.epochs and any(condition.what == "dreamt" for condition in step.goal)


def _dream(step: Step, described: object, work: Work) -> int | None:
    if not isinstance(work, BoltzmannWork):
        return None
    work.dream(on=True)
    for _ in range(DREAM_STEPS):
        work.learner.dream()
        if all_hold(step.goal, described, work.figures()):
            return work.epoch
    return None
