"""What each kind of neuron can and cannot learn: experiments over many seeds, and what is asked of their accuracies.

What cannot be learnt has its reason in `why`: a bound on such a row follows from mathematics, not from too short a run.
What is learnt has bounds a little below what was measured. The tests hold the bounds (`test_behaviour`); `make known`
measures all of it and prints the page docs/reference/what-is-known.md.
"""

import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nncore import Config, Trainer
from nncore.tape import Array

SEEDS = 20
SOLVED = 0.95
PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "what-is-known.md"

INTRODUCTION = f"""# What is known

Which kind of neuron learns what: `make known` measures all of this in a minute or two and prints this page
(`make known SAVE=1` writes it). Each row is {SEEDS} networks that differ in their initial weights (run seeds 0 to
{SEEDS - 1}, rule `auto`): Adam with a learning rate of 0.01, batch 10, cross-entropy, 250 training and 250 test points
of the dataset at its defaults. *Solved* is how many of them have more than 95 % of the test points right; then the
lowest, the median and the highest share of right test points. "Alone" is the output neuron without hidden layers; else
the output neuron is linear.

`tests/nncore/test_behaviour.py` runs the same experiments and holds each to bounds a little wider than what stands
here; what shall be learnt it trains only until it is. What cannot be learnt has its reason from mathematics. Where
`linear`, `adder`, `binary` and `spiking` do not solve the spirals, there is none: more units or epochs may do better.
"""


@dataclass(frozen=True)
class Experiment:
    """Networks of one kind on one dataset, and what is asked of their test accuracies.

    At least `solved` of the seeds solve it, the worst is over `above`, the best under `below`.
    """

    data: str
    neuron: str | dict[str, Any]
    hidden: tuple[int, ...]
    epochs: int
    why: str
    solved: int = 0
    above: float = 0.0
    below: float = 1.01
    activation: str = "tanh"

    @property
    def config(self) -> Config:
        """Without hidden units the output neuron is of the kind in question, else a linear one."""
        layer = {"neuron": self.neuron, "activation": self.activation}
        return Config.from_json(
            {
                "data": {"name": self.data},
                "layers": [{"units": units, **layer} for units in self.hidden],
                "output": {"neuron": "linear" if self.hidden else self.neuron},
                "optimizer": {"name": "adam", "learning_rate": 0.01},
            }
        )

    def accuracies(self) -> Array:
        """The share of right test points after training, for each seed."""
        found = np.asarray(Trainer(self.config, replicas=SEEDS, record=False).run(self.epochs).evaluate().test_accuracy)
        assert found.shape == (SEEDS,)
        return found

    def holds(self, found: Array) -> bool:
        """Whether these accuracies are within all bounds."""
        enough = int((found > SOLVED).sum()) >= self.solved
        return enough and bool(self.above < found.min() and found.max() < self.below)

    def reached(self, every: int = 25) -> Array:
        """The accuracies as soon as what shall be learnt is, or after all epochs; where something shall not be, those.

        Looked at `every` so many epochs: what is learnt early need not be trained on for a test.
        """
        trainer = Trainer(self.config, replicas=SEEDS, record=False)
        found = np.zeros(SEEDS)
        for done in range(0, self.epochs, every):
            if self.below > 1 and self.holds(found):
                break
            trainer.run(min(every, self.epochs - done))
            found = np.asarray(trainer.evaluate().test_accuracy)
        return found

    @property
    def parameters(self) -> int:
        """How many numbers one network learns."""
        return Trainer(self.config, record=False).network.parameter_count

    @property
    def name(self) -> str:
        """The kind, with what sets it apart."""
        if isinstance(self.neuron, str):
            return f"`{self.neuron}`"
        knobs = ", ".join(f"{knob} {value}" for knob, value in self.neuron.items() if knob != "name")
        return f"`{self.neuron['name']}` ({knobs})"

    @property
    def shape(self) -> str:
        """The hidden layers in words."""
        if not self.hidden:
            return "alone"
        return f"{'-'.join(map(str, self.hidden))} {self.activation}"

    def __str__(self) -> str:
        return f"{self.data} {self.name} {self.shape}"


CUBIC = {"name": "polynomial", "degree": 3}
FORM_ALONE = {"name": "bilinear_form", "linear": False}
ONE_SPIKE = {"name": "spiking", "steps": 1}
NO_ACTIVATION: dict[str, Any] = {"activation": "identity"}
CONICS = ("bilinear_form", "fan", "quadratic", "low_rank")
BEND = ("quadratic", "fan", "product", "glu", "kan")
MULTIPLY = ("product", "quadratic", "low_rank", "bilinear_form", "fan", "pi_net", "glu", "attention")
ADD_UP = ("linear", "square", "polynomial", "kan", "adder")
SEPARATE = "it adds up functions of single coordinates"
EVEN = "even: at x and at -x, where the other arm is, z is the same at any depth"

ALONE = [
    Experiment("circles", "square", (), 100, "an ellipse along the axes closes", 20),
    Experiment("circles", "bilinear_form", (), 100, "an ellipse closes", 20),
    Experiment("circles", "form_square", (), 100, "an ellipse closes", 20),
    Experiment("circles", "fan", (), 100, "an ellipse closes", 20),
    Experiment("circles", CUBIC, (), 100, "its squares close a ring", 20),
    Experiment("circles", "adder", (), 100, "a diamond closes", 20),
    Experiment("xor", "quadratic", (), 100, "a product of two sums is XOR", 20),
    Experiment("xor", "low_rank", (), 100, "a product of two sums is XOR", 20),
    Experiment("xor", "bilinear_form", (), 100, "one of its products is x y", 20),
    Experiment("xor", "product", (), 100, "but a few starts end in a strip along a diagonal", 16, 0.8),
    Experiment("xor", "pi_net", (), 100, "its second factor brings x y in", 17, 0.85),
    Experiment("moons", "kan", (), 100, "curves of x and of y, added up, follow both moons", 20),
    Experiment("gaussians", "linear", (), 60, "a line is enough", 20),
]

ALONE_NOT = [
    Experiment("circles", "linear", (), 100, "a line does not close", below=0.7),
    Experiment("circles", "binary", (), 100, "a line does not close", below=0.7),
    Experiment("circles", "glu", (), 100, "a sigmoid gate is never 0: the zero set is one line", below=0.7),
    Experiment(
        "circles", "squared_sum", (), 100, "a strip does not close, and its inside is where z is low", below=0.7
    ),
    Experiment("circles", "product", (), 100, "two lines do not close", below=0.85),
    Experiment(
        "circles", "maxout", (), 100, "where z < 0 is convex: it cannot be the ring around the disc", below=0.85
    ),
    Experiment("circles", "attention", (), 100, "z - b has opposite signs at (r, 0) and (-r, 0)", below=0.85),
    Experiment("circles", {**CUBIC, "lower": False}, (), 100, "odd but for b", below=0.7),
    Experiment("gaussians", "rbf", (), 100, "as a logit it is never negative: always class 1", below=0.6),
    Experiment("gaussians", FORM_ALONE, (), 100, "even: the two blobs mirror each other", below=0.6),
    *(Experiment("xor", neuron, (), 100, SEPARATE, above=0.35, below=0.65) for neuron in ADD_UP),
    *(Experiment("spirals", neuron, (), 100, "one conic does not wind", below=0.7) for neuron in CONICS),
    Experiment("spirals", "pi_net", (), 100, "one cubic curve does not wind", below=0.7),
]

HIDDEN = [
    Experiment("circles", "linear", (2,), 200, "two lines do not close a ring", below=0.85),
    *(Experiment("circles", neuron, (2,), 200, "two units that bend close a ring", 20) for neuron in BEND),
    Experiment("circles", "squared_sum", (8,), 200, "strips in several directions close a ring", 20),
    Experiment("circles", "rbf", (8,), 150, "spots cover the disc", 20),
    Experiment("xor", "linear", (4,), 400, "four lines round the quadrants' corners off a little", 15, 0.65),
    Experiment("xor", "square", (4,), 200, "even in each coordinate: it cannot begin", below=0.6),
    Experiment("xor", "maxout", (4,), 200, "lines with corners fit the quadrants", 20),
    Experiment("xor", "binary", (8,), 300, "lines of two slants are enough", 20),
    Experiment("moons", "attention", (4,), 200, "its weights change with the place", 18),
    Experiment("circles", "spiking", (8,), 200, "stairs in several directions close a ring", 18, 0.8, **NO_ACTIVATION),
]

SPIRALS = [
    *(Experiment("spirals", neuron, (8, 8), 300, "it multiplies", 17, 0.7) for neuron in MULTIPLY),
    Experiment("spirals", "polynomial", (8, 8), 300, "powers", 18, 0.9),
    Experiment("spirals", "kan", (8, 8), 300, "curves on every connection", 18, 0.9),
    Experiment("spirals", "maxout", (8, 8), 300, "lines with corners", 16, 0.85),
    Experiment("spirals", "rbf", (8, 8), 300, "spots", 14, 0.8),
    Experiment("spirals", "linear", (8, 8), 300, "lines, bent by tanh", above=0.45),
    Experiment("spirals", "adder", (8, 8), 300, "diamonds", above=0.55),
    Experiment("spirals", "binary", (8, 8), 300, "lines of two slants", above=0.45, below=0.9),
    *(
        Experiment("spirals", neuron, (8, 8), 300, EVEN, below=0.6)
        for neuron in ("square", "squared_sum", "form_square")
    ),
    Experiment(
        "spirals", "linear", (8, 8), 400, "without an activation it is one line", below=0.65, activation="identity"
    ),
    Experiment("spirals", CUBIC, (8, 8), 400, "powers replace the activation", 17, 0.85, activation="identity"),
    Experiment("spirals", "spiking", (8, 8), 300, "stairs of 25 steps", 14, 0.75, **NO_ACTIVATION),
    Experiment("spirals", ONE_SPIKE, (8, 8), 300, "one step, on or off", above=0.45, below=0.9, **NO_ACTIVATION),
]

GROUPS: dict[str, list[Experiment]] = {
    "One neuron alone is enough": ALONE,
    "One neuron alone cannot": ALONE_NOT,
    "One hidden layer": HIDDEN,
    "Spirals, two layers of 8": SPIRALS,
}

RADIAL = """## Where γ of radial units starts

Spirals, two layers of 8 `rbf` units, {epochs} epochs, {seeds} seeds: how many are solved, and the mean share of right
test points.

| activation | γ = 1, as it is | γ = 3 / fan_in |
|---|---:|---:|
"""
RADIAL_SEEDS, RADIAL_EPOCHS = 40, 150


def radial_accuracies(activation: str, gamma: float | None = None) -> Array:
    """Of radial networks on spirals; with `gamma` they start with γ = gamma / fan_in in place of their own."""
    experiment = Experiment("spirals", "rbf", (8, 8), RADIAL_EPOCHS, "", activation=activation)
    trainer = Trainer(experiment.config, replicas=RADIAL_SEEDS, record=False)
    for name, array in trainer.network.parameters():
        if gamma is not None and name.endswith("log_gamma"):
            array[...] = math.log(gamma / (2 if name.startswith("layers.0") else 8))
    return np.asarray(trainer.run(RADIAL_EPOCHS).evaluate().test_accuracy)


def radial_section() -> str:
    """Both ways of starting side by side."""
    text = RADIAL.format(epochs=RADIAL_EPOCHS, seeds=RADIAL_SEEDS)
    for activation in ("tanh", "relu"):
        cells = [radial_accuracies(activation, gamma) for gamma in (None, 3.0)]
        shown = (f"{(found > SOLVED).sum()}, {found.mean():.3f}" for found in cells)
        text += f"| {activation} | {' | '.join(shown)} |\n"
    return text


HEAD = """| data | neuron | hidden | epochs | parameters | solved | lowest | median | highest | why |
|---|---|---|---:|---:|---:|---:|---:|---:|---|
"""


def row(experiment: Experiment, found: Array) -> str:
    """One line of the page's tables."""
    shares = " | ".join(f"{share:.3f}" for share in (found.min(), np.median(found), found.max()))
    network = (
        f"{experiment.data} | {experiment.name} | {experiment.shape} | {experiment.epochs} | {experiment.parameters}"
    )
    return f"| {network} | {(found > SOLVED).sum()} | {shares} | {experiment.why} |"


def sections() -> Iterable[str]:
    """The page, a section at a time."""
    yield INTRODUCTION
    for heading, experiments in GROUPS.items():
        rows = (row(experiment, experiment.accuracies()) for experiment in experiments)
        yield f"## {heading}\n\n{HEAD}" + "\n".join(rows) + "\n"
    yield radial_section()


def main(save: bool) -> None:
    """Measure, print, and write the page if asked."""
    page = []
    for section in sections():
        print(section, flush=True)
        page.append(section)
    if save:
        PAGE.write_text("\n".join(page), encoding="utf-8")


if __name__ == "__main__":
    main("--save" in sys.argv[1:])
