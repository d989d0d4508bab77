"""The reader's own numbers in what is taken home: names of columns and classes, and the way from a table's numbers into
the square and back.

Not here: how the numbers came into the square (`nncore.scaling`), nor the files (`tables`, `numpy_code`, `torch_code`).
"""

from dataclasses import dataclass

from nncore.datasets.own import Own
from nncore.learner import AnyLearner
from nncore.points import FORMULA
from nncore.scaling import Scaling


@dataclass(frozen=True)
class OwnNumbers:
    """How a run's points are known to whoever brought them. `scale` is half of the plane's width."""

    columns: tuple[str, ...]
    classes: tuple[str, ...]
    scaling: Scaling
    value_scaling: Scaling
    scale: float

    @property
    def has_units(self) -> bool:
        """Whether places of the plane are not the reader's own numbers."""
        return self.scaling != Scaling.none(2)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The reader's numbers at a place of the plane."""
        return self.scaling.original(x / self.scale, 0), self.scaling.original(y / self.scale, 1)

    def value(self, target: float) -> float:
        """The reader's value for one of the run's."""
        return self.value_scaling.original(target)

    def into_square(self) -> list[str]:
        """Lines of code that bring columns of `points` onto the plane, as x and y."""
        pairs = zip("xy", self.scaling.offsets, self.scaling.factors, strict=True)
        return [
            f"{axis} = (points[:, {n}] - {offset!r}) * {self.scale * factor!r}"
            for n, (axis, offset, factor) in enumerate(pairs)
        ]

    def out_of_square(self) -> list[str]:
        """Lines of code that make predictions p of a regression values of the reader's; none where they are."""
        if self.value_scaling == Scaling.none(1):
            return []
        return [f"p = p / {self.value_scaling.factors[0]!r} + {self.value_scaling.offsets[0]!r}"]


def own_numbers(trainer: AnyLearner) -> OwnNumbers | None:
    """What is known of the reader's own points; None for a dataset that is a rule, or points that nobody has named."""
    dataset = trainer.config.dataset
    if not trainer.draws_own_points or not isinstance(dataset, Own):
        return None
    if not (dataset.columns or dataset.units or any(dataset.names)):
        return None
    named = dataset.class_names if dataset.task == "classification" else ()
    classes = tuple(name or str(number) for number, name in enumerate(named))
    usual = ("x", "y", "label" if classes else "target")
    columns = (*dataset.columns, *usual[len(dataset.columns) :])
    scale = trainer.config.data.scale
    return OwnNumbers(columns, classes, dataset.scaling, dataset.value_scaling, scale)


def protected(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula; tables are read back without the apostrophe."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
