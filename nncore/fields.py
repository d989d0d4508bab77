"""Every number of a Config that no entry owns: name, label, default, range and sentence, once for every reader."""

from typing import get_args

from nncore.initializers import Rule
from nncore.spec import Knob

FIELDS: dict[str, Knob] = {
    "data.count": Knob(
        "count", "Points", "int", 500, 4, 20_000, scale="log", sentence="Total number of points, before the split."
    ),
    "data.noise": Knob(
        "noise", "Noise", "float", 0.0, 0.0, 1.0, step=0.01, sentence="Standard deviation of the noise."
    ),
    "data.label_noise": Knob(
        "label_noise",
        "Mislabelled points",
        "float",
        0.0,
        0.0,
        0.5,
        step=0.01,
        sentence="Share of points with a wrong label.",
    ),
    "data.train_share": Knob(
        "train_share",
        "Training share",
        "float",
        0.5,
        0.05,
        1.0,
        step=0.05,
        sentence="Share of points used for training; 1 leaves none for testing.",
    ),
    "data.scale": Knob("scale", "Scale", "float", 1.0, 0.1, 10.0, step=0.1, sentence="Half the width of the plane."),
    "depth": Knob("depth", "Hidden layers", "int", 2, 0, 32, sentence="Number of hidden layers."),
    "layers.units": Knob("units", "Units", "int", 8, 1, 256, sentence="Number of neurons in the layer."),
    "layers.norm": Knob(
        "norm",
        "Normalisation",
        "choice",
        "none",
        choices=("none", "layer_norm"),
        sentence="Keeps z on an even scale within each layer.",
    ),
    "layers.dropout": Knob(
        "dropout",
        "Dropout",
        "float",
        0.0,
        0.0,
        0.9,
        step=0.05,
        sentence="Share of units switched off at random in each step.",
    ),
    "layers.residual": Knob(
        "residual",
        "Residual",
        "bool",
        False,
        sentence="Adds the layer's input to its output; their widths must be equal.",
    ),
    "layers.bias": Knob(
        "bias", "Bias", "bool", True, sentence="Adds a learned constant b to each sum; off: no biases at all."
    ),
    "output.bias": Knob(
        "bias",
        "Bias",
        "bool",
        True,
        sentence="Adds a learned constant b to each sum of the output; off: none.",
    ),
    "init": Knob(
        "init",
        "Initialisation",
        "choice",
        "auto",
        choices=("auto", *get_args(Rule)),
        sentence="How the initial weights are drawn; automatic depends on the activation.",
    ),
    "batch": Knob("batch", "Batch size", "int", 10, 1, 10_000, scale="log", sentence="Points per step."),
    "l1": Knob(
        "l1", "L1", "float", 0.0, 0.0, 10.0, scale="log", sentence="Pulls every weight towards zero by a fixed amount."
    ),
    "l2": Knob(
        "l2",
        "L2",
        "float",
        0.0,
        0.0,
        10.0,
        scale="log",
        sentence="Pulls every weight towards zero in proportion to its size.",
    ),
    "clip": Knob("clip", "Clipping", "float", 0.0, 0.0, 100.0, sentence="Maximum gradient norm; 0 for no limit."),
    "prune": Knob(
        "prune", "Prune", "bool", False, sentence="A weight that L1 pulls across zero becomes zero and stays zero."
    ),
    "shuffle": Knob(
        "shuffle", "Shuffle", "bool", True, sentence="Takes the training points in a new order every epoch."
    ),
    "seeds.data": Knob("data", "Data seed", "int", 0, 0, 2**31 - 1, sentence="Determines the points and their split."),
    "seeds.run": Knob(
        "run", "Run seed", "int", 0, 0, 2**31 - 1, sentence="Determines the initial weights and the order of training."
    ),
}
"""Every number of a Config that no entry owns, by path."""


NUMBERS = ("init", "batch", "l1", "l2", "clip", "prune", "shuffle")
"""Those that stand at the top of a Config."""
