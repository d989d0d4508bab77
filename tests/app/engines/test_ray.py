"""A Ray cluster gives the rows that this process gives. Where Ray is not installed, that is told in a sentence."""

from importlib.util import find_spec

import pytest

from app.engines.engine import engine_named
from app.errors import UsageError
from tests.app.engines.small import rows_in_order, study, unmeasured

pytestmark = pytest.mark.slow


def test_rows_are_the_same_or_the_extra_is_named() -> None:
    if find_spec("ray") is None:
        with pytest.raises(UsageError, match=r"neuron-playground\[ray\]"):
            engine_named("ray")
        return
    engine = engine_named("ray", 2)
    assert engine.workers == 2
    assert rows_in_order(engine.map(study().tasks())) == unmeasured(study().run())
