"""The scikit-learn estimators pass scikit-learn's own checks, and do what they are for."""

import numpy as np
import pytest
from sklearn.base import BaseEstimator, clone
from sklearn.datasets import load_iris, make_blobs, make_circles
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator

from nncore.errors import InputError
from nncore.sklearn import PlaygroundClassifier, PlaygroundRegressor

NEED_MORE_PACKAGES = {
    "check_array_api_input",
    "check_classifier_data_not_an_array",
    "check_regressor_data_not_an_array",
}
"""The checks that scikit-learn itself leaves out where SciPy's array switch or pandas is missing."""


@pytest.mark.slow
@pytest.mark.parametrize("estimator", [PlaygroundClassifier(epochs=60), PlaygroundRegressor(epochs=60)], ids=str)
def test_scikit_learns_own_checks(estimator: BaseEstimator) -> None:
    results = check_estimator(estimator, on_skip=None)
    assert len(results) > 40
    left_out = {result["check_name"] for result in results if result["status"] != "passed"}
    assert left_out <= NEED_MORE_PACKAGES


def test_one_square_neuron_tells_circles_apart() -> None:
    X, y = make_circles(300, noise=0.05, factor=0.5, random_state=0)
    quadratic = PlaygroundClassifier((2,), neuron="quadratic", random_state=0).fit(X, y)
    assert quadratic.score(X, y) > 0.97
    assert PlaygroundClassifier((), random_state=0).fit(X, y).score(X, y) < 0.75


def test_a_run_that_diverges_warns_of_it_and_still_predicts_numbers() -> None:
    X = np.random.default_rng(0).normal(size=(40, 2))
    model = PlaygroundRegressor(
        (8,), activation="square", optimizer={"name": "sgd", "learning_rate": 10.0}, random_state=0
    )
    with pytest.warns(ConvergenceWarning, match="Diverged in epoch"):
        model.fit(X, X[:, 0])
    assert np.isfinite(model.predict(X)).all()


def test_it_works_in_a_pipeline_with_cross_validation() -> None:
    X, y = load_iris(return_X_y=True)
    model = make_pipeline(StandardScaler(), PlaygroundClassifier((6,), neuron="quadratic", epochs=60, random_state=0))
    assert cross_val_score(model, X, y, cv=3).mean() > 0.9


def test_labels_may_be_words_and_probabilities_add_up() -> None:
    X = np.random.default_rng(0).normal(size=(60, 3))
    y = np.where(X[:, 0] > 0.4, "high", np.where(X[:, 0] < -0.4, "low", "middle"))
    model = PlaygroundClassifier(random_state=0).fit(X, y)
    assert set(model.predict(X)) <= {"high", "low", "middle"}
    np.testing.assert_allclose(model.predict_proba(X).sum(axis=1), 1, rtol=1e-5)


@pytest.mark.parametrize("loss", ["mse", "huber"])
def test_rows_of_probabilities_add_up_and_saturated_ones_still_have_the_class_of_the_largest_output(loss: str) -> None:
    X, y = make_blobs(150, centers=3, random_state=0)
    X = StandardScaler().fit_transform(X)
    model = PlaygroundClassifier(
        (4,), neuron="polynomial", activation="identity", loss=loss, epochs=100, random_state=0
    ).fit(X, y)
    far, one = np.random.default_rng(0).normal(0, 4, (400, 2)), np.ones((400, 1))
    # By hand: a = W_1 x + W_2 x² + W_3 x³ + b, and a linear output on top.
    first, last = (dict(model.trainer_.network.parameters())[name] for name in ("layers.0.W", "output.W"))
    z = np.hstack([np.hstack([far, far**2, far**3, one]) @ first.T, one]) @ last.T
    shares = model.predict_proba(far)
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-12)
    assert (shares.argmax(axis=1) != z.argmax(axis=1)).any()
    np.testing.assert_array_equal(model.predict(far), z.argmax(axis=1))


def test_same_random_state_same_predictions() -> None:
    X = np.random.default_rng(0).normal(size=(50, 2))
    y = X[:, 0] * X[:, 1]
    model = PlaygroundRegressor(random_state=3, epochs=20)
    np.testing.assert_array_equal(model.fit(X, y).predict(X), clone(model).fit(X, y).predict(X))


def test_without_a_bias_the_origin_is_predicted_as_nothing() -> None:
    """An odd network: whatever y is there, it can only say 0."""
    X = np.random.default_rng(0).normal(size=(50, 2))
    model = PlaygroundRegressor((3,), bias=False, epochs=20, random_state=0).fit(X, 2 + X[:, 0])
    assert model.predict(np.zeros((1, 2))) == 0
    assert clone(model).get_params()["bias"] is False
    assert clone(model).set_params(bias=True).fit(X, 2 + X[:, 0]).predict(np.zeros((1, 2))) > 0.5


def test_an_unknown_neuron_lists_the_known_ones() -> None:
    with pytest.raises(InputError, match="did you mean 'quadratic'"):
        PlaygroundClassifier(neuron="quadratik").fit([[0.0], [1.0]], [0, 1])
