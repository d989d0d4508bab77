"""Columns in an order: one network's, replicas' of the same points, replicas' of their own."""

import numpy as np
import pytest

from nncore.ordered import Ordered
from nncore.tape import Shape


@pytest.mark.parametrize(("source", "lead"), [((3, 7), ()), ((3, 7), (2,)), ((2, 3, 7), (2,))], ids=str)
def test_the_columns_stand_in_the_order_of_each(source: Shape, lead: Shape) -> None:
    rng = np.random.default_rng(0)
    values = rng.normal(size=source)
    ordered = Ordered(values, 5, lead)
    for _ in range(2):
        orders = [rng.permutation(5) for _ in range(2)]
        ordered.take(np.stack(orders) if lead else orders[0])
        assert ordered.columns.shape == (*lead, 3, 5)
        for replica in range(2 if lead else 1):
            mine = values[replica] if values.ndim == 3 else values
            np.testing.assert_array_equal(
                ordered.columns[replica] if lead else ordered.columns, mine[:, orders[replica]]
            )
    ordered.take(np.arange(5))
    expected = values[..., :5]
    np.testing.assert_array_equal(ordered.columns, np.broadcast_to(expected, ordered.columns.shape))
