"""Labs without a page: which there are, and whether a link reaches a lab's goal, over fresh seeds."""

from app.errors import UsageError
from app.labs import registry
from app.labs.lab import Lab
from app.labs.texts import read_texts
from app.lessons.check import Verdict, check, goals
from nncore.errors import InputError

ENOUGH = 0.6
"""The share of seeds from which on a solution counts as one. Luck reaches less; every lab's own solution reaches over
0.8 of all seeds, and so this share of nearly every twenty."""


def listed() -> str:
    """Every lab on a line, with its steps that have a goal."""
    rows = [
        (lab.name, read_texts(lab, "en").title, ", ".join(map(str, goals(lab)))) for lab in registry.labs().values()
    ]
    width = max(len(name) for name, _, _ in rows)
    return "\n".join(f"{name.ljust(width)}  {title} (goals: step {steps})" for name, title, steps in rows)


def checked(name: str, link: str, step: int | None, seeds: int) -> tuple[Lab, Verdict]:
    """The verdict on `link`. Raises UsageError with one sentence."""
    try:
        lab = registry.find(name)
        return lab, check(lab, link.partition("?")[2] or link, step, seeds)
    except InputError as error:
        raise UsageError(str(error)) from None


def reached(verdict: Verdict) -> bool:
    """Whether enough of the seeds met the goal."""
    return verdict.count >= ENOUGH * len(verdict.met)


def report(lab: Lab, verdict: Verdict) -> str:
    """The verdict in words: how often, how soon, and of each seed."""
    title = read_texts(lab, "en").sections[verdict.step.id].title
    met = [epoch for epoch in verdict.met if epoch is not None]
    soon = f", at epoch {sorted(met)[len(met) // 2]} in the middle" if met else ""
    seeds = ", ".join("-" if epoch is None else str(epoch) for epoch in verdict.met)
    return "\n".join(
        (
            f"{read_texts(lab, 'en').title}, {title}: {'reached' if reached(verdict) else 'not reached'}.",
            f"{verdict.count} of {len(verdict.met)} fresh seeds met the goal within {verdict.epochs} epochs{soon}.",
            f"Epoch of each seed: {seeds}",
        )
    )
