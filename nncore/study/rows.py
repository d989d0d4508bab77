"""One run as one row: what it was, what it cost, how it ended. A dict with the same keys in the same order, always.

Not here: which runs there are (`study`), nor how rows become files (`app.studies`).
"""

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from nncore.config import Config, Seeds
from nncore.size import size_of
from nncore.study.repeats import Outcome

Row = dict[str, Any]

COLUMNS = (
    "parameters",
    "multiply_adds",
    "data_seed",
    "run_seed",
    "solved",
    "solved_epoch",
    "epoch",
    "train_loss",
    "test_loss",
    "train_accuracy",
    "test_accuracy",
    "diverged",
    "diverged_epoch",
    "error",
    "seconds",
)
"""What follows the hash and the varied paths. `seconds` is measured: the one that differs from time to time.

A forest's parameters are the nodes of its trees, and it multiplies nothing.
"""

Values = Sequence[tuple[str, Any]]


def columns_of(paths: Sequence[str]) -> tuple[str, ...]:
    """Every key of a row, in order, where these paths are varied."""
    return ("hash", *paths, *COLUMNS)


def run_hash(config: Config, epochs: int, stop: str, bar: float) -> str:
    """16 digits that name the run: equal for two runs if all that decides on their rows is."""
    text = json.dumps([config.to_json(), epochs, stop, bar], sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def rows_of(
    config: Config, values: Values, outcomes: Sequence[Outcome], rule: tuple[int, str, float], seconds: float
) -> list[Row]:
    """A row for each of the outcomes of `config`; `rule` is epochs, stop and bar, `seconds` is for all of them."""
    each = {"error": None, "seconds": round(seconds / len(outcomes), 6)}
    begun = _begun(config, values, [one.seeds for one in outcomes], rule)
    return [{**row, **_ended(one), **each} for row, one in zip(begun, outcomes, strict=True)]


def failed_rows(
    config: Config, values: Values, seeds: Sequence[Seeds], rule: tuple[int, str, float], error: str
) -> list[Row]:
    """A row for each run that could not be made, with the `error` as one line and nothing of an outcome."""
    line = " ".join(error.split())[:300]
    return [{**row, "error": line} for row in _begun(config, values, seeds, rule)]


def _begun(config: Config, values: Values, seeds: Sequence[Seeds], rule: tuple[int, str, float]) -> list[Row]:
    """The rows before anything has come of them: what is not known yet is None."""
    shared = sizes_of(config)
    return [
        {
            "hash": run_hash(replace(config, seeds=one), *rule),
            **dict(values),
            **dict.fromkeys(COLUMNS),
            **shared,
            "data_seed": one.data,
            "run_seed": one.run,
        }
        for one in seeds
    ]


def sizes_of(config: Config) -> Row:
    """What is known of a run's size before it has begun: nothing of a forest's."""
    if config.forest is not None:
        return {"parameters": None, "multiply_adds": None}
    size = size_of(config)
    return {"parameters": size.parameters, "multiply_adds": size.cost.multiply_adds}


def _ended(outcome: Outcome) -> Row:
    # A run may have lost its numbers with its very last step, which none after it could notice.
    lost = not math.isfinite(outcome.train_loss)
    return {
        **({} if outcome.nodes is None else {"parameters": outcome.nodes}),
        "solved": outcome.solved_epoch is not None,
        "solved_epoch": outcome.solved_epoch,
        "epoch": outcome.epoch,
        "train_loss": _number(outcome.train_loss),
        "test_loss": _number(outcome.test_loss),
        "train_accuracy": _number(outcome.train_accuracy),
        "test_accuracy": _number(outcome.test_accuracy),
        "diverged": outcome.diverged is not None or lost,
        "diverged_epoch": outcome.diverged.epoch if outcome.diverged is not None else outcome.epoch if lost else None,
    }


def _number(value: float | None) -> float | None:
    """None for what is not finite, or not there: a table has an empty cell."""
    return None if value is None or not math.isfinite(value) else float(value)
