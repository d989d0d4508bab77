"""A study of the atlas' form that takes a second: two datasets, two networks, an activation, two kinds, five seeds."""

from functools import cache

from app.studies.lines import completed
from nncore.study import Study
from nncore.study.rows import Row
from nncore.study.tasks import perform

SEEDS = 5
EPOCHS = 6


def study() -> Study:
    one, two = [{"units": 4}], [{"units": 4}, {"units": 4}]
    return Study(
        {"data": {"name": "circles", "count": 40}, "optimizer": {"name": "adam", "learning_rate": 0.1}},
        vary={
            "data.name": ["circles", "gaussians"],
            "layers, budget": [[one, "parameters:17"], [two, "parameters:40"]],
            "layers.activation": ["relu"],
            "layers.neuron": ["linear", "quadratic"],
        },
        seeds=SEEDS,
        fresh="data",
        epochs=EPOCHS,
        stop="solved",
    )


@cache
def rows() -> list[Row]:
    """As they are on disk, links included."""
    return [row for task in study().tasks() for row in completed(task, perform(task, lambda: 0.0).rows)]
