"""The shape of a run: what it must have in common with others to train in one pass with them (`stack`).

Its points, order, seeds, learning rate and schedule, and how far it has come, are its own affair.
"""

import json

from nncore.trainer import Trainer

FEWEST_POINTS = 10
"""Of smaller batches, linear algebra takes a single network's product and a replica's by ways that round apart."""


def shape_of(run: Trainer) -> str | None:
    """The shape of `run`; None where in a stack it would not be, to the bit, what it is alone.

    It would not be in batches under ten points, nor in a first layer of one unit: there a product takes another way.
    A last batch that is shorter than the others may be of any size: a stack leaves it to the run.
    """
    config, split = run.config, run.split
    whole = config.batch >= FEWEST_POINTS and split.train_count >= config.batch
    if not whole or not config.layers or config.layers[0].units < 2:
        return None
    common = config.to_json()
    for own in ("data", "features", "schedule", "init", "shuffle", "seeds"):
        del common[own]
    del common["optimizer"]["learning_rate"]
    points = [*split.inputs.shape, split.train_count]
    return json.dumps([common, points, split.task, split.classes, str(run.network.dtype)], sort_keys=True)
