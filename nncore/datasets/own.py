"""The reader's own points, carried in the Config itself."""

from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from nncore.dataset import DATASETS, Dataset, shares
from nncore.errors import OutOfRange
from nncore.heads import Task
from nncore.points import FEWEST_POINTS, MOST_CLASSES, MOST_POINTS
from nncore.scaling import DECIMALS, EXACT, Scaling
from nncore.sentence import Sentence
from nncore.spec import Knob, Numbers, Points, Spec, Texts
from nncore.tape import Array

_NO_CLASS = Sentence("refused.no_class", "must have a class number from 0 to {high} as its label, not {value}")
_ODD_UNITS = Sentence(
    "refused.odd_units",
    "must hold an offset, a factor above 0 and decimals from 0 to {high} for x and for y, and in a "
    "regression for the value",
)
_NO_VALUE = Sentence("refused.no_value", "must have a value from -1 to 1 as its label, not {value}")

_OUTLINE = (
    *((0.0, 0.9), (0.4, 0.8), (0.72, 0.52), (0.88, 0.12), (0.84, -0.3), (0.6, -0.66), (0.22, -0.86)),
    *((-0.22, -0.86), (-0.6, -0.66), (-0.84, -0.3), (-0.88, 0.12), (-0.72, 0.52), (-0.4, 0.8)),
    *((0.0, 0.42), (0.0, 0.2), (0.0, -0.02)),
)
_FACE = (
    *((-0.36, 0.4), (-0.28, 0.34), (-0.34, 0.26), (0.36, 0.4), (0.28, 0.34), (0.34, 0.26)),
    *((-0.5, -0.16), (-0.42, -0.32), (-0.3, -0.44), (-0.16, -0.52), (0.0, -0.55)),
    *((0.16, -0.52), (0.3, -0.44), (0.42, -0.32), (0.5, -0.16), (0.0, -0.42)),
)
SMILE: Points = tuple(
    chain.from_iterable(((*out, 0.0), (*face, 1.0)) for out, face in zip(_OUTLINE, _FACE, strict=True))
)
"""A face, for a page that has no points yet: head and nose are class 0, eyes and mouth class 1."""

_DECIMALS = frozenset(range(EXACT + 1))
_CLASS_NUMBERS = frozenset(range(MOST_CLASSES))


@DATASETS.register(
    Spec(
        name="own",
        label="Own points",
        sentence="Your own points instead of a rule; a smiley face until you add some.",
        formula=r"(x, y) \mapsto \text{label}",
        knobs=(
            Knob(
                "points",
                "Points",
                "points",
                SMILE,
                FEWEST_POINTS,
                MOST_POINTS,
                sentence="Each point as x, y and a label: a class number from 0, or a value.",
            ),
            Knob(
                "task",
                "Task",
                "choice",
                "classification",
                choices=("classification", "regression"),
                sentence="Whether labels are class numbers or values to predict.",
            ),
            Knob(
                "names",
                "Class names",
                "texts",
                (),
                0,
                MOST_CLASSES,
                sentence="Names of the classes, in order; there are at least as many classes as names.",
            ),
            Knob(
                "columns",
                "Columns",
                "texts",
                (),
                0,
                3,
                sentence="Names of x, y and the label in the source of the points.",
            ),
            Knob(
                "units",
                "Units",
                "numbers",
                (),
                0,
                9,
                sentence=(
                    "Offset, factor and decimals of x, of y, and of a regression's value: "
                    "what stands in the square is factor · (number - offset), rounded."
                ),
            ),
            Knob(
                "split",
                "Split",
                "choice",
                "by_hash",
                choices=("by_hash", "as_listed"),
                sentence="Whether each point's own position decides its use, or the first points are for training.",
            ),
        ),
    )
)
@dataclass(frozen=True)
class Own(Dataset):
    """The given points in their order; asked for more than there are, it starts again from the first.

    Labels are whole class numbers from 0 to 7, or, for regression, values from -1 to 1 (`nncore.points` scales what a
    reader brings). Whoever draws starts with one class, so a second need not be there yet; a third and later ones are
    there from the moment they have a name, though no point has theirs. `columns` and `units` are how the reader knows
    the points (`scaling`, `value_scaling`). Raises OutOfRange.
    """

    difficulty = 10

    points: Points = SMILE
    task: Task = "classification"
    names: Texts = ()
    columns: Texts = ()
    units: Numbers = ()
    split: str = "by_hash"

    def __post_init__(self) -> None:
        decimals = set(self.units[2::3])
        if len(self.units) not in (0, 6, 9) or min(self.units[1::3], default=1) <= 0 or decimals - _DECIMALS:
            raise OutOfRange("units", _ODD_UNITS, high=EXACT)
        labels = {label for _, _, label in self.points}
        if self.task == "classification" and labels <= _CLASS_NUMBERS:
            return
        for index, (_, _, label) in enumerate(self.points):
            if self.task == "classification" and label not in _CLASS_NUMBERS:
                raise OutOfRange(f"points[{index}]", _NO_CLASS, high=MOST_CLASSES - 1, value=label)
            if self.task == "regression" and not -1 <= label <= 1:
                raise OutOfRange(f"points[{index}]", _NO_VALUE, value=label)

    @cached_property
    def classes(self) -> int:
        if self.task == "regression":
            return 0
        return max(2, len(self.names), 1 + int(max(label for _, _, label in self.points)))

    @property
    def class_names(self) -> Texts:
        """As many as there are classes; empty for those without a name."""
        return (*self.names, *[""] * self.classes)[: self.classes]

    @property
    def scaling(self) -> Scaling:
        """How x and y came from the reader's numbers into the square."""
        return self._scaling(0, 2)

    @property
    def value_scaling(self) -> Scaling:
        """How a regression's values came from the reader's numbers."""
        return self._scaling(2, 1)

    def _scaling(self, first: int, count: int) -> Scaling:
        units = self.units[3 * first : 3 * (first + count)]
        return Scaling(units[::3], units[1::3], tuple(map(int, units[2::3]))) if units else Scaling.none(count)

    @property
    def fixed_count(self) -> int:
        return len(self.points)

    @cached_property
    def _rows(self) -> Array:
        return np.fromiter(chain.from_iterable(self.points), np.float64, 3 * len(self.points)).reshape(-1, 3)

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
        rows = self._rows[shares(count, len(self.points))]
        target = rows[:, 2]
        return rows[:, :2].copy(), target.copy() if self.task == "regression" else target.astype(np.intp)

    def order(self, count: int, rng: np.random.Generator) -> Array:
        """By what a point is, not by where it stands in the list (docs/decisions/0006-points-drawn-while-training.md).

        A point added or taken away moves at most one other between training and test. As listed, the first ones are
        for training, as a table has said.
        """
        if self.split == "as_listed":
            return np.arange(count)
        rows = np.round(self._rows, DECIMALS)[shares(count, len(self.points))]
        mixed = _mixed(rows, int(rng.integers(2**63)))
        return np.argsort(mixed + _spread(mixed), kind="stable")


def _mixed(rows: Array, salt: int) -> Array:
    """A number for each row, of all its cells, as good as random (the finalizer of SplitMix64, Steele et al. 2014)."""
    # Adding 0 makes -0.0 the same as 0.0.
    state = np.full(len(rows), salt, np.uint64)
    for cells in (rows + 0.0).T:
        state ^= np.ascontiguousarray(cells).view(np.uint64)
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        state ^= state >> np.uint64(31)
    return state


def _spread(states: Array) -> Array:
    """How far each further copy of a row is moved on: 0, then a half of all numbers, a quarter, three quarters, ...

    So copies lie evenly over training and test by any share, and one more leaves the others where they are (the bits
    of its count in reverse: van der Corput 1935).
    """
    _, inverse, counts = np.unique(states, return_inverse=True, return_counts=True)
    occurrence = np.empty(len(states), np.uint64)
    starts = np.cumsum(counts) - counts
    occurrence[np.argsort(inverse, kind="stable")] = np.arange(len(states)) - np.repeat(starts, counts)
    reversed_bits = np.zeros(len(states), np.uint64)
    for bit in range(int(counts.max()).bit_length()):
        reversed_bits |= ((occurrence >> np.uint64(bit)) & np.uint64(1)) << np.uint64(63 - bit)
    return reversed_bits
