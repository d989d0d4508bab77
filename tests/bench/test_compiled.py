"""What is measured as compiled learns what ours learns."""

import numpy as np
import pytest

from tests.bench.compiled import compiled
from tests.bench.playground import trainer_of


@pytest.mark.parametrize("units", [[], [4, 2], [8, 8]])
def test_what_is_here_learns_what_ours_learns(units: list[int]) -> None:
    trainer = trainer_of(units)
    with compiled(trainer) as found:
        learnt = {name: epochs(4).copy() for name, epochs in found.items()}
    trainer.run(4)
    for name, theta in learnt.items():
        np.testing.assert_allclose(theta, trainer.network.theta, rtol=1e-3, atol=1e-5, err_msg=name)


def test_this_process_computes_afterwards_as_it_did_before() -> None:
    """Compilers set a flag of the whole process for a library that is linked for speed alone: the tiniest become 0."""
    with compiled(trainer_of([4])):
        assert np.float64(5e-324) / 1 > 0
        assert np.finfo(np.float32).smallest_subnormal * np.float32(1) > 0
