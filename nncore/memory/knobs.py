"""The settings of each machine that remembers: names, ranges, defaults and sentences, once and for every reader."""

from nncore.memory import cloud, hebb, hopfield
from nncore.memory.patterns import PARTS
from nncore.spec import Knob

SEED = Knob(
    "seed", "Seed", "int", 0, 0, 2**31 - 1, sentence="Everything that is left to chance follows from this number."
)
SIDE = Knob("side", "Grid", "int", 10, 4, 16, sentence="Units along each side of the grid on which patterns are drawn.")
FLIP = Knob("flip", "Flip", "int", 20, 0, 100, step=1, sentence="Per cent of the units that are turned over.")

HOPFIELD = (
    Knob("rule", "Rule", "choice", "hebb", choices=hopfield.RULES, sentence="How patterns are stored."),
    Knob(
        *("beta", "Sharpness β", "float", 0.2, 0.01, 4.0),
        scale="log",
        sentence="Of the modern rule: how much more the most similar pattern counts than the others.",
    ),
    SIDE,
    Knob("cue", "Cue", "int", 1, 1, 32, sentence="The pattern that is shown, counted from 1."),
    FLIP,
    Knob("erase", "Erase", "choice", "none", choices=PARTS, sentence="The half that is erased."),
    SEED,
)

DIGITS, DRAWINGS = "digits", "drawings"

BOLTZMANN = (
    Knob("data", "Data", "choice", DIGITS, choices=(DIGITS, DRAWINGS), sentence="What it is shown."),
    SIDE,
    Knob("hidden", "Hidden units", "int", 32, 1, 64, step=1, sentence="Units that no picture is shown to."),
    Knob("k", "Gibbs steps", "int", 1, 1, 20, step=1, sentence="Steps that it dreams for each batch (CD-k)."),
    Knob("rate", "Learning rate", "float", 0.1, 0.001, 1.0, scale="log", sentence="How far each batch moves it."),
    Knob("momentum", "Momentum", "float", 0.5, 0.0, 0.95, step=0.05, sentence="Share of the last step that is kept."),
    Knob("decay", "Weight decay", "float", 0.0002, 0.0, 0.1, sentence="How hard weights are pulled towards 0."),
    Knob("batch", "Batch", "int", 20, 1, 200, sentence="Pictures for each step."),
    FLIP,
    SEED,
)

HEBB = (
    Knob("rule", "Rule", "choice", "oja", choices=hebb.RULES, sentence="How weights follow what they are shown."),
    Knob("data", "Data", "choice", "cloud", choices=cloud.NAMES, sentence="The points."),
    Knob("count", "Points", "int", 200, 10, 2000, sentence="Number of points."),
    Knob("stretch", "Stretch", "float", 3.0, 1.0, 8.0, step=0.5, sentence="How much longer the cloud is than wide."),
    Knob("tilt", "Tilt", "float", 30.0, 0.0, 180.0, step=5, sentence="Degrees by which the cloud is turned."),
    Knob("decorrelate", "Decorrelate", "bool", default=False, sentence="Makes points as wide in every direction."),
    Knob("units", "Units", "int", 1, 1, 2, step=1, sentence="How many learn side by side."),
    Knob("rate", "Learning rate", "float", 0.01, 0.0001, 0.2, scale="log", sentence="How far each point moves them."),
    SEED,
)

KNOBS: dict[str, tuple[Knob, ...]] = {"hopfield": HOPFIELD, "boltzmann": BOLTZMANN, "hebb": HEBB}
"""By machine, in the order of a link."""

MACHINES = tuple(KNOBS)
