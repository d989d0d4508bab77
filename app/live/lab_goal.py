"""The verdict on a lab's goal: which of its conditions hold now, whatever it is that runs. Pure."""

import math
from typing import Any

from app.labs import registry
from app.live.commands import Ask


def verdict(question: Ask, page: str, config: Any, figures: Any) -> dict[str, Any]:
    """The conditions that hold, the numbers that they are about, and the hint that fits.

    `page` is what the lab has to stand beside; raises InputError for a lab of another.
    """
    assert question.lab is not None
    assert question.step is not None
    step = registry.beside(question.lab, page).step(question.step)
    held = [condition.holds(config, figures) for condition in step.goal]
    seen = [condition.now(config, figures) for condition in step.goal]
    return {
        "lab": question.lab,
        "step": question.step,
        "epoch": figures.epoch,
        "met": bool(held) and all(held),
        "conditions": held,
        "now": [one if isinstance(one, list) else _short(one) for one in seen],
        "hint": step.hint(config, figures),
    }


def _short(value: float) -> float | None:
    """As many digits as a float32 has; null for what is not finite."""
    return float(f"{value:.7g}") if math.isfinite(value) else None
