"""What the goals of one page's labs may be about: numbers with a bound and sets of names, each by its name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """`quantities` take what was set and how it stands, `kinds` what was set alone."""

    quantities: Mapping[str, Callable[[Any, Any], float]]
    kinds: Mapping[str, Callable[[Any], list[str]]]

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.quantities, *self.kinds)
