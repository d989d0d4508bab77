"""A study whose rows are made up, so that what a report says of them is known beforehand."""

from typing import Any

from nncore.study import Study
from nncore.study.summary import Summary, summaries

STUDY = Study(
    {"data": {"name": "circles", "count": 40}, "layers": [{"units": 2}]},
    vary={"layers.neuron": ["linear", "square"], "layers.units": [1, 2, 4]},
    seeds=4,
    epochs=50,
)


def rows() -> list[dict[str, Any]]:
    """Linear never solves it, square in as many runs as it has units."""
    made: list[dict[str, Any]] = []
    for piece in STUDY.pieces:
        values = dict(piece.values)
        for seed in range(4):
            solved = values["layers.neuron"] == "square" and seed < values["layers.units"]
            accuracy = 0.99 if solved else 0.5 + 0.01 * seed
            made.append(
                {
                    **dict.fromkeys(STUDY.columns),
                    **values,
                    "hash": f"{len(made):016x}",
                    "parameters": 10 * values["layers.units"] + (values["layers.neuron"] == "linear"),
                    "multiply_adds": 7,
                    "run_seed": seed,
                    "solved": solved,
                    "solved_epoch": 9 if solved else None,
                    "epoch": 50,
                    "test_accuracy": accuracy,
                    "diverged": False,
                    "link": f"layers={values['layers.units']}&run_seed={seed}",
                }
            )
    return made


def found() -> list[Summary]:
    return list(summaries(rows(), STUDY.paths, STUDY.epochs))
