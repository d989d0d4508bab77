"""The serial engine does tasks one after the other, and takes the next only when it is asked for."""

from app.engines.serial import engine
from tests.app.engines.small import rows_in_order, study, unmeasured


def test_rows_are_those_of_the_study() -> None:
    assert rows_in_order(engine(None, None).map(study().tasks())) == unmeasured(study().run())


def test_nothing_is_taken_ahead() -> None:
    tasks = study().tasks()
    results = engine(None, None).map(tasks)
    assert next(results).index == 0
    assert next(tasks).index == 1
