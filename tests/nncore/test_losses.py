"""Losses know which tasks they can measure, and which output units that takes."""

import pytest

from nncore.errors import UnknownName
from nncore.losses import LOSSES


@pytest.mark.parametrize("name", LOSSES.names())
def test_two_classes_take_one_unit_and_more_take_one_each(name: str) -> None:
    loss = LOSSES.build(name)
    if "classification" in loss.tasks:
        assert [loss.head("classification", classes).units for classes in (2, 3, 5)] == [1, 3, 5]
    if "regression" in loss.tasks:
        assert loss.head("regression", 0).units == 1


def test_a_loss_that_cannot_measure_a_task_names_those_that_can() -> None:
    with pytest.raises(
        UnknownName, match="'cross_entropy' cannot measure regression; those that can are mse, huber"
    ) as caught:
        LOSSES.build("cross_entropy").require_task("regression", "loss")
    assert caught.value.known == ("mse", "huber")
