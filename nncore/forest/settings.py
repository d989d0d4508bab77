"""What defines a cascade of forests, as plain data; the ranges stand here once, for every reader.

A level holds forests of two kinds, grown in folds; each level hands its forests' class vectors on to the next, beside
the inputs, until no level is better than the best. Not here: what a run needs besides (`nncore.config`).
"""

from dataclasses import dataclass, fields, replace
from typing import Any

from nncore.errors import UnknownField, join
from nncore.spec import NO_FIELD, Knob, require_object

KNOBS: dict[str, Knob] = {
    knob.name: knob
    for knob in (
        Knob(
            "random", "Random forests", "int", 2, 0, 8, sentence="Forests of a level whose trees take the best split."
        ),
        Knob(
            "completely_random",
            "Completely random forests",
            "int",
            2,
            0,
            8,
            sentence="Forests of a level whose trees split anywhere.",
        ),
        Knob("trees", "Trees", "int", 16, 1, 100, scale="log", sentence="Trees of a forest, in each fold."),
        Knob("tree_depth", "Depth of trees", "int", 0, 0, 30, sentence="Splits on the way to a leaf; 0 for no limit."),
        Knob(
            "folds",
            "Folds",
            "int",
            3,
            2,
            10,
            sentence="Parts of the training points; each is judged by the trees of the other parts.",
        ),
        Knob("levels", "Levels", "int", 5, 1, 10, sentence="Levels at most."),
        Knob(
            "patience",
            "Patience",
            "int",
            2,
            1,
            10,
            sentence="So many levels that are no better than the best end the growing.",
        ),
        Knob(
            "hand_on",
            "Hand on",
            "bool",
            True,
            sentence="Each level sees what the level before says of a point, beside the inputs.",
        ),
    )
}
"""Every number of a forest, by name."""


def _number(name: str) -> Any:
    return KNOBS[name].default


@dataclass(frozen=True)
class Forest:
    """A cascade of forests. ``Forest()`` is the default one."""

    random: int = _number("random")
    completely_random: int = _number("completely_random")
    trees: int = _number("trees")
    tree_depth: int = _number("tree_depth")
    folds: int = _number("folds")
    levels: int = _number("levels")
    patience: int = _number("patience")
    hand_on: bool = _number("hand_on")

    @classmethod
    def from_json(cls, data: object, path: str) -> "Forest":
        """Read ``forest``. Raises an InputError that names the path, the value and what is allowed."""
        given = require_object(data, path)
        for key in given:
            if key not in KNOBS:
                raise UnknownField(join(path, key), NO_FIELD, tuple(KNOBS))
        values: dict[str, Any] = {name: KNOBS[name].check(value, join(path, name)) for name, value in given.items()}
        forest = cls(**values)
        if not forest.forests:
            replace(KNOBS["random"], low=1).check(forest.random, join(path, "random"))
        return forest

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def forests(self) -> int:
        """Forests of a level, random ones first."""
        return self.random + self.completely_random

    def surfaces(self, classes: int) -> int:
        """What a level says of a place: a number for each forest, or for each of its classes where there are more than
        two.
        """
        return self.forests * (1 if classes == 2 else classes)
