"""Networks of any neuron as scikit-learn estimators: a classifier and a regressor (optional extra `sklearn`).

    make_pipeline(StandardScaler(), PlaygroundClassifier(neuron="quadratic")).fit(X, y)

For tables of any width, not for the plane alone, in float64 as scikit-learn's own checks expect. A run that diverges
warns of it. Not here: the training itself (`trainer`).
"""

import warnings
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from nncore.config import Config
from nncore.heads import Head, Task
from nncore.losses import LOSSES
from nncore.split import Split
from nncore.tape import Array
from nncore.trainer import Trainer

LARGEST_SEED = 2**31 - 1


class _Network(BaseEstimator):
    """What both have in common: the settings of a run, and the run."""

    def __init__(
        self,
        hidden_units: Sequence[int] = (8, 8),
        *,
        neuron: str | dict[str, Any] = "linear",
        activation: str | dict[str, Any] = "tanh",
        bias: bool = True,
        optimizer: str | dict[str, Any] = "adam",
        loss: str | dict[str, Any] | None = None,
        batch: int = 10,
        epochs: int = 200,
        l1: float = 0.0,
        l2: float = 0.0,
        random_state: Any = None,
    ) -> None:
        self.hidden_units = hidden_units
        self.neuron = neuron
        self.activation = activation
        self.bias = bias
        self.optimizer = optimizer
        self.loss = loss
        self.batch = batch
        self.epochs = epochs
        self.l1 = l1
        self.l2 = l2
        self.random_state = random_state

    def _train(self, X: Array, target: Array, task: Task, classes: int) -> None:
        layer = {"neuron": self.neuron, "activation": self.activation, "bias": self.bias}
        # The config's data only stand for the task: the points come from X.
        config = Config.from_json(
            {
                "layers": [{"units": units, **layer} for units in self.hidden_units],
                "output": {"bias": self.bias},
                "data": {"name": "plane" if task == "regression" else "spirals"},
                "loss": self.loss or ("mse" if task == "regression" else "cross_entropy"),
                "optimizer": self.optimizer,
                "batch": self.batch,
                "l1": self.l1,
                "l2": self.l2,
                "seeds": {"run": int(check_random_state(self.random_state).randint(LARGEST_SEED))},
            }
        )
        targets = config.loss.build(LOSSES).head(task, classes).encode(target)
        split = Split(X, target, X[:0], target[:0], _inputs(X), targets, task, classes)
        self.trainer_ = Trainer(config, split=split, record=False, dtype=np.float64).run(self.epochs)
        self.n_iter_ = self.trainer_.epoch
        if self.trainer_.diverged is not None:
            warnings.warn(self.trainer_.diverged.message, ConvergenceWarning, stacklevel=3)

    def _outputs(self, X: ArrayLike) -> tuple[Head, Array]:
        """The network's end, and the output layer's z of each row: (units, rows)."""
        check_is_fitted(self)
        inputs = _inputs(validate_data(self, X, reset=False))
        network = self.trainer_.network
        with np.errstate(all="ignore"):
            return network.head, network.forward(inputs, network.tape(inputs.shape[1]))

    def _predictions(self, X: ArrayLike) -> Array:
        """What the network says of each row: (units, rows)."""
        head, z = self._outputs(X)
        with np.errstate(all="ignore"):
            return head.predict(z)


class PlaygroundClassifier(ClassifierMixin, _Network):
    """A network of any neuron that tells two or more classes apart.

    The arguments are a Config's: units of the hidden layers, an entry's name (or an object with its knobs) for neuron,
    activation, optimizer and loss; without `bias`, no layer has any. Standardise X first: first weights are drawn for
    inputs of about unit size.
    """

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Train on rows X (n, features) with labels y (n,)."""
        rows, labels = validate_data(self, X, y)
        check_classification_targets(labels)
        self.classes_, target = np.unique(labels, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"Classifier can't train when only one class is present: {self.classes_[0]!r}")
        self._train(rows, target, "classification", len(self.classes_))
        return self

    def predict_proba(self, X: ArrayLike) -> Array:
        """The probability of each class, (n, classes), in the order of `classes_`."""
        predictions = self._predictions(X)
        if len(predictions) == 1:
            predictions = np.vstack([1 - predictions, predictions])
        return np.ascontiguousarray(predictions.T)

    def predict(self, X: ArrayLike) -> Array:
        """The class of each row, (n,): by the output's z, which still tells apart what equal probabilities do not."""
        head, z = self._outputs(X)
        decided = head.classes(z)
        assert decided is not None
        chosen: Array = self.classes_[decided.astype(np.intp)]
        return chosen


class PlaygroundRegressor(RegressorMixin, _Network):
    """A network of any neuron that predicts one number. Arguments as PlaygroundClassifier's; scale y to about 1."""

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Train on rows X (n, features) with values y (n,)."""
        rows, values = validate_data(self, X, y, y_numeric=True)
        self._train(rows, np.asarray(values, np.float64), "regression", 0)
        return self

    def predict(self, X: ArrayLike) -> Array:
        """The value of each row, (n,)."""
        values: Array = self._predictions(X)[0]
        return values


def _inputs(X: Array) -> Array:
    """Rows of a table as a network sees them: a column each, with a last row of ones."""
    return np.vstack([X.T, np.ones(len(X))])
