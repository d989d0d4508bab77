"""The playground that is measured trains as our own gradients say, and its surfaces are those of its network."""

import numpy as np
import pytest

from tests.bench.playground import playground, trainer_of
from tests.nncore.plain_playground import output_of


@pytest.mark.parametrize("units", [[], [4, 2], [8, 8]])
def test_what_is_measured_learns_what_ours_learns_and_sees_the_same(units: list[int]) -> None:
    trainer = trainer_of(units, dtype=np.float64)
    with playground() as theirs:
        theirs.open(trainer)
        theirs.epochs(4)
        weights, loss = theirs.weights()
        surfaces = theirs.surfaces(3)
    trainer.run(4)
    for (name, array), numbers in zip(trainer.network.parameters(), weights, strict=True):
        np.testing.assert_allclose(numbers, array, rtol=1e-9, atol=1e-12, err_msg=name)
    assert loss == pytest.approx(trainer.evaluate().train_loss, rel=1e-9)
    for column, x in enumerate((-1.0, 0.0, 1.0)):
        for row, y in enumerate((1.0, 0.0, -1.0)):
            _, *layers = output_of(weights, (x, y))
            found = [[unit[column][row] for unit in layer] for layer in surfaces]
            for shown, expected in zip(found, layers, strict=True):
                np.testing.assert_allclose(shown, expected, rtol=1e-9)
