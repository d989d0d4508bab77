"""Counts agree with what the network predicts, point by point; values with their own definitions."""

from typing import Any

import numpy as np
import pytest

from nncore.config import Config
from nncore.evaluation import confusion, fit
from nncore.split import Split
from nncore.tape import Array
from nncore.trainer import Trainer

CLASSES: list[dict[str, Any]] = [
    {"data": {"name": name, "count": 90} | knobs, "loss": loss}
    for name, knobs in (("moons", {}), ("gaussians", {"blobs": 4}))
    for loss in ("cross_entropy", "mse", "hinge")
]


def trainer_of(**config: Any) -> Trainer:
    return Trainer(Config.from_json({"layers": [{"units": 4}]} | config)).run(5)


def z_of(trainer: Trainer) -> Array:
    return trainer.forward_all().passes[-1].z


@pytest.mark.parametrize("config", CLASSES, ids=str)
def test_every_point_is_counted_at_its_true_and_its_predicted_class(config: dict[str, Any]) -> None:
    trainer = trainer_of(**config)
    split = trainer.split
    found = confusion(split, trainer.network.head, z_of(trainer))
    assert found is not None
    for counts, x, y in zip(found, (split.train_x, split.test_x), (split.train_y, split.test_y), strict=True):
        chances = trainer.predict(x)
        predicted = chances > 0.5 if chances.ndim == 1 else chances.argmax(axis=-1)
        wanted = np.zeros((split.classes, split.classes))
        for true, guess in zip(y.astype(int), predicted.astype(int), strict=True):
            wanted[true, guess] += 1
        assert counts.tolist() == wanted.tolist()


def test_classes_have_no_fit_and_values_no_confusion() -> None:
    moons, plane = trainer_of(data={"name": "moons"}), trainer_of(data={"name": "plane"})
    assert fit(moons.split, moons.network.head, z_of(moons)) is None
    assert confusion(plane.split, plane.network.head, z_of(plane)) is None


def test_a_fit_is_what_its_definition_says() -> None:
    trainer = trainer_of(data={"name": "plane"})
    found = fit(trainer.split, trainer.network.head, z_of(trainer))
    assert found is not None
    y, p = trainer.split.test_y, trainer.predict(trainer.split.test_x)
    assert found[1].r2 == pytest.approx(1 - ((p - y) ** 2).sum() / ((y - y.mean()) ** 2).sum(), rel=1e-4)
    assert found[1].error == pytest.approx(np.abs(p - y).mean(), rel=1e-5)


def test_targets_that_are_all_equal_leave_nothing_to_explain() -> None:
    trainer = trainer_of(data={"name": "plane"})
    split = trainer.split
    flat = Split(
        split.train_x, split.train_y * 0, split.test_x, split.test_y, split.inputs, split.targets, "regression", 0
    )
    found = fit(flat, trainer.network.head, z_of(trainer))
    assert found is not None
    assert found[0].r2 is None
    assert found[1].r2 is not None
