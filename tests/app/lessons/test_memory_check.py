"""A memory reaches a lab's goal by itself, in a whole number of sweeps or epochs, or it does not."""

from app.labs.lab import Step
from app.labs.registry import labs
from app.lessons.check import check
from app.lessons.memory_check import first_reached
from app.links import memory_link


def step_of(name: str, step: str) -> Step:
    return next(one for one in labs()[name].steps if one.id == step)


def test_a_state_that_falls_into_its_pattern_reaches_it() -> None:
    step = step_of("remembering", "damage")
    reached = first_reached(step, memory_link.read("flip=30"))
    assert reached is not None
    assert 1 <= reached <= step.epochs
    # All units turned over: it rests at the negative, where none is right.
    assert first_reached(step, memory_link.read("flip=100")) is None


def test_it_dreams_where_that_is_asked() -> None:
    step = step_of("dreaming", "dream")
    assert first_reached(step, memory_link.read("machine=boltzmann")) == step.epochs
    assert first_reached(step, memory_link.read("machine=hebb")) is None


def test_a_link_is_judged_over_fresh_seeds() -> None:
    assert check(labs()["fire_together"], "machine=hebb&rate=0.03", 4, 5).count == 5
    assert check(labs()["fire_together"], "machine=hebb&rule=hebb&rate=0.03", 4, 5).count == 0
