"""Numbers of steps and rates side by side give each run what its own step gives, to the bit."""

import numpy as np
import pytest

from nncore.optimizers import Step
from nncore.stacked_step import POWERS_TOGETHER, StackedStep
from nncore.tape import Constants

COUNTS = [0, 7, POWERS_TOGETHER - 2, 3 * POWERS_TOGETHER - 1, 40_000]
RATES = [0.01, 0.03, 1e-5, 10.0, 0.3]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("beta", [0.0, 0.9, 0.999, 0.99999])
def test_each_has_what_its_own_step_gives(dtype: type, beta: float) -> None:
    together = StackedStep(np.empty(0, dtype), Constants(dtype))
    together.begin(COUNTS, RATES, 5)
    for made in range(1, 6):
        together.next()
        for place, (count, rate) in enumerate(zip(COUNTS, RATES, strict=True)):
            alone = Step(np.empty(0, dtype), Constants(dtype), count + made, rate)
            for ask in ("rate_times", "unbiased_rate", "unbiased_root"):
                one, own = getattr(together, ask)(beta), getattr(alone, ask)(beta)
                assert one.shape == (len(COUNTS), 1)
                assert one.dtype == own.dtype == dtype
                assert one[place, 0].tobytes() == own.tobytes(), (ask, count, made)
