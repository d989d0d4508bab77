"""Entries are found by name, and an unknown name is an error that lists the known ones."""

from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from nncore.errors import OutOfRange, UnknownName
from nncore.registry import Registry
from nncore.spec import Knob, Spec


def shapes() -> Registry[Any]:
    registry: Registry[Any] = Registry("shape")

    @registry.register(Spec("disc", "Disc", "Round.", knobs=(Knob("radius", "Radius", "float", 1.0, 0.0, 2.0),)))
    @dataclass(frozen=True)
    class Disc:
        spec: ClassVar[Spec]
        radius: float = 1.0

    @registry.register(Spec("dot", "Dot", "Small."))
    @dataclass(frozen=True)
    class Dot:
        spec: ClassVar[Spec]

    return registry


def test_names_come_in_order_of_registration() -> None:
    registry = shapes()
    assert registry.names() == tuple(registry) == ("disc", "dot")
    assert len(registry) == 2
    assert "disc" in registry
    assert "cube" not in registry


def test_build_sets_the_knobs() -> None:
    assert shapes().build("disc").radius == 1.0
    assert shapes().build("disc", {"radius": 2}).radius == 2.0


def test_build_checks_the_knobs() -> None:
    with pytest.raises(OutOfRange, match=r"^shape\.radius: "):
        shapes().build("disc", {"radius": 3}, "shape")


@pytest.mark.parametrize("name", ["disk", "", None, 3, ["disc"]])
def test_an_unknown_name_lists_the_known_ones(name: object) -> None:
    with pytest.raises(UnknownName, match=r"there is no shape called .*; available: disc, dot$") as caught:
        shapes().find(name, "p")
    assert caught.value.known == ("disc", "dot")
    assert caught.value.path == "p"


def test_a_name_can_be_taken_only_once() -> None:
    registry = shapes()
    with pytest.raises(AssertionError, match="two entries"):
        registry.register(Spec("dot", "Dot", "Again."))(registry["dot"])
