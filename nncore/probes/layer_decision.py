"""Layer decisions: how well a straight cut through each layer's view of the data tells the classes apart."""

import math
from dataclasses import dataclass, field

import numpy as np

from nncore.learner import Learner
from nncore.pieces import Pieces, whole
from nncore.plane import Plane
from nncore.probe import PROBES, Probe, finite, first_of, views_of_points
from nncore.spec import Knob, Spec
from nncore.split import Split
from nncore.tape import Array

CONSTANT = 1e-6
"""A feature that varies by less than this share of its size is rounding error, and left out."""


@PROBES.register(
    Spec(
        name="layer_decision",
        label="Layer decisions",
        sentence="How well a linear classifier does on each layer: how separable the data has become by that depth.",
        formula=r"\min_{V, b} \tfrac{1}{n} \lVert V \hat a + b - t \rVert^2 + \lambda \lVert V \rVert^2",
        knobs=(
            Knob("pixels", "Pixels", "int", 40, 4, 200, sentence="Width and height of each layer's surface."),
            Knob(
                "ridge",
                "Ridge",
                "float",
                0.001,
                1e-6,
                10.0,
                scale="log",
                sentence="How strongly the probe's weights are kept small, λ.",
            ),
        ),
        source="Alain and Bengio 2016; Hoerl and Kennard 1970",
    )
)
@dataclass
class LayerDecision(Probe):
    """Linear classifier probes: for each layer, from the input on, a ridge regression of the targets on its outputs.

    The output layer has none: its own decision is the network's answer. Fitted in closed form on the training points,
    so equal weights give an equal picture: V = T Â' (Â Â' + n λ I)⁻¹, where the features â are brought to mean 0 and
    variance 1 and T, the targets, to mean 0; so the intercept is not penalised. Targets are -1 and 1 for two classes,
    one row for each class against the rest for more (the largest wins), and the value itself for regression.
    """

    pixels: int = 40
    ridge: float = 0.001
    plane: Plane = field(default_factory=Plane, repr=False)

    def compute(self, trainer: Learner) -> dict[str, Array]:
        """``decision.<layer>`` (K, p, p) for the layers ``input``, ``0``, ``1`` ...: the share of class 1 or the value
        (K = 1), or the share of each class; of classes also ``decision_z.<layer>`` (K, p, p), the scores that they are
        made from: above 0 is class 1, or the largest wins. Row 0 is the top of the plane.

        ``accuracy`` (layers, 2) of the probes on training and test points; for regression ``r_squared`` instead. NaN
        for the test points of a run that has none.
        """
        return whole(self.pieces(trainer))

    def pieces(self, trainer: Learner) -> Pieces[dict[str, Array]]:
        """The same in pieces: a layer, then a block of places each."""
        split, fits, scores = trainer.split, {}, []
        targets = _targets(split)
        for name, x in views_of_points(trainer):
            fits[name], score = _fitted(x, targets, split, self.ridge)
            scores.append(score)
            yield
        arrays = yield from self._surfaces(trainer, fits, split)
        return {**arrays, "r_squared" if split.task == "regression" else "accuracy": np.array(scores, np.float32)}

    def _surfaces(self, trainer: Learner, fits: dict[str, Array], split: Split) -> Pieces[dict[str, Array]]:
        first, p = first_of(trainer), self.pixels
        surfaces = {name: np.empty((len(V), p**2), np.float32) for name, V in fits.items()}
        decides = split.task == "classification"
        z = {name: np.empty_like(surface) for name, surface in surfaces.items() if decides}
        for columns, tape, _ in self.plane.grid_passes(trainer, p):
            seen = {str(index): step.a_and_one[first] for index, step in enumerate(tape.passes)}
            seen["input"] = self.plane.grid(trainer, p)[:, columns]
            for name, V in fits.items():
                scores = V @ finite(seen[name])
                if decides:
                    z[name][:, columns] = scores
                surfaces[name][:, columns] = _shares(scores, split)
            yield
        decisions = {f"decision.{name}": rows.reshape(-1, p, p) for name, rows in surfaces.items()}
        return decisions | {f"decision_z.{name}": rows.reshape(-1, p, p) for name, rows in z.items()}


def layer_scores(trainer: Learner, ridge: float = 0.001) -> Array:
    """The probes' ``accuracy`` or ``r_squared`` (layers, 2) alone, without their pictures: input first, then layers."""
    split, targets = trainer.split, _targets(trainer.split)
    return np.array([_fitted(x, targets, split, ridge)[1] for _, x in views_of_points(trainer)], np.float32)


def _fitted(x: Array, targets: Array, split: Split, ridge: float) -> tuple[Array, tuple[float, float]]:
    """The probe of a layer that shows the points as x (units + 1, n), and how well it does."""
    known, train = finite(x), slice(split.train_count)
    V = _fit(known[:-1, train], targets[:, train], ridge)
    return V, _scores(V @ known, targets, split)


def _targets(split: Split) -> Array:
    """(K, n), training points first: values, or 1 for a class and -1 for the others."""
    y = np.concatenate([split.train_y, split.test_y]).astype(np.float64)
    if split.task == "regression":
        return y[None]
    rows = [1] if split.classes == 2 else range(split.classes)
    return np.stack([np.where(y == row, 1.0, -1.0) for row in rows])


def _fit(a: Array, targets: Array, ridge: float) -> Array:
    """[V b] (K, units + 1), to be multiplied with `a` and a row of ones; a (units, n), targets (K, n)."""
    mean, spread = a.mean(axis=1, keepdims=True), a.std(axis=1, keepdims=True)
    varies = spread > CONSTANT * np.abs(a).max(axis=1, keepdims=True)
    scale = np.where(varies, 1 / np.where(varies, spread, 1.0), 0.0)
    standard, middle = (a - mean) * scale, targets.mean(axis=1, keepdims=True)
    count, units = a.shape[1], len(a)
    gram = standard @ standard.T + count * ridge * np.eye(units)
    V = np.linalg.solve(gram, standard @ (targets - middle).T).T * scale.T
    return np.hstack([V, middle - V @ mean])


def _scores(scores: Array, targets: Array, split: Split) -> tuple[float, float]:
    """Accuracy, or R² for regression, on training and on test points."""
    parts = slice(split.train_count), slice(split.train_count, None)
    measure = _r_squared if split.task == "regression" else _accuracy
    return measure(scores[:, parts[0]], targets[:, parts[0]]), measure(scores[:, parts[1]], targets[:, parts[1]])


def _accuracy(scores: Array, targets: Array) -> float:
    if not scores.size:
        return math.nan
    if len(scores) == 1:
        return float(np.mean((scores > 0) == (targets > 0)))
    return float(np.mean(scores.argmax(axis=0) == targets.argmax(axis=0)))


def _r_squared(scores: Array, targets: Array) -> float:
    """1 - Σ (p - t)² / Σ (t - mean t)²; where all t are equal, 1 if p meets them and else 0; NaN of no points."""
    if not scores.size:
        return math.nan
    missed, spread = np.sum((scores - targets) ** 2), np.sum((targets - targets.mean()) ** 2)
    if spread == 0:
        return float(missed == 0)
    with np.errstate(over="ignore"):
        return float(finite(1 - missed / spread))


def _shares(scores: Array, split: Split) -> Array:
    """Scores as what a picture shows: values, or shares of classes from 0 to 1.

    One-against-the-rest scores s of ridge regressions add up to 2 - K, so the (s + 1) / 2 to 1: only what is negative
    has to be cut off.
    """
    if split.task == "regression":
        return finite(scores)
    shares = (scores + 1) / 2
    if len(shares) == 1:
        return np.clip(shares, 0.0, 1.0)
    np.maximum(shares, 0.0, out=shares)
    shares /= shares.sum(axis=0)
    return shares
