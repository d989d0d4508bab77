"""Every number of a Config that no entry owns: name, label, default, range and sentence, once for every reader."""

from typing import get_args

from nncore.initializers import Rule
from nncore.spec import Knob

FIELDS: dict[str, Knob] = {
    "data.count": Knob(
        "count", "Points", "int", 500, 4, 20_000, scale="log", sentence="Points in all, before the split."
    ),
    "data.noise": Knob(
        "noise", "Noise", "float", 0.0, 0.0, 1.0, step=0.01, sentence="How far points stray (deviation)."
    ),
    "data.label_noise": Knob(
        "label_noise", "Wrong labels", "float", 0.0, 0.0, 0.5, step=0.01, sentence="Share of points with a wrong label."
    ),
    "data.train_share": Knob(
        "train_share",
        "Train share",
        "float",
        0.5,
        0.05,
        1.0,
        step=0.05,
        sentence="Share of points used for training; 1 leaves none to test.",
    ),
    "data.scale": Knob("scale", "Scale", "float", 1.0, 0.1, 10.0, step=0.1, sentence="Half of the plane's width."),
    "depth": Knob("depth", "Hidden layers", "int", 2, 0, 32, sentence="How many hidden layers there are."),
    "layers.units": Knob("units", "Units", "int", 8, 1, 256, sentence="How many neurons the layer has."),
    "layers.norm": Knob(
        "norm", "Normalisation", "choice", "none", choices=("none", "layer_norm"), sentence="Evens out z in each layer."
    ),
    "layers.dropout": Knob(
        "dropout", "Dropout", "float", 0.0, 0.0, 0.9, step=0.05, sentence="Share of units silenced at each step."
    ),
    "layers.residual": Knob(
        "residual", "Residual", "bool", False, sentence="Adds the layer's input to its output; widths must be equal."
    ),
    "layers.bias": Knob(
        "bias", "Bias", "bool", True, sentence="Each sum may add a number of its own, b; off: there is none anywhere."
    ),
    "output.bias": Knob(
        "bias",
        "Bias",
        "bool",
        True,
        sentence="Each sum of the output may add a number of its own, b; off: there is none.",
    ),
    "init": Knob(
        "init",
        "First weights",
        "choice",
        "auto",
        choices=("auto", *get_args(Rule)),
        sentence="How first weights are drawn; auto goes by activation.",
    ),
    "batch": Knob("batch", "Batch", "int", 10, 1, 10_000, scale="log", sentence="Points per step."),
    "l1": Knob(
        "l1", "L1", "float", 0.0, 0.0, 10.0, scale="log", sentence="Pulls every weight to zero by a fixed step."
    ),
    "l2": Knob("l2", "L2", "float", 0.0, 0.0, 10.0, scale="log", sentence="Pulls every weight to zero by its size."),
    "clip": Knob("clip", "Clipping", "float", 0.0, 0.0, 100.0, sentence="Longest gradient allowed; 0 for any length."),
    "prune": Knob(
        "prune", "Prune", "bool", False, sentence="A weight that L1 takes across zero becomes zero and stays so."
    ),
    "shuffle": Knob(
        "shuffle", "Shuffle", "bool", True, sentence="Takes the training points in a new order each epoch."
    ),
    "seeds.data": Knob("data", "Data seed", "int", 0, 0, 2**31 - 1, sentence="Draws the points and the split."),
    "seeds.run": Knob("run", "Run seed", "int", 0, 0, 2**31 - 1, sentence="Draws the first weights and the order."),
}
"""Every number of a Config that no entry owns, by path."""


NUMBERS = ("init", "batch", "l1", "l2", "clip", "prune", "shuffle")
"""Those that stand at the top of a Config."""
