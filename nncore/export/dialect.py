"""From the neutral `xp` of the entries' code to NumPy's or PyTorch's names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Dialect:
    """A library by the name that code calls it. Where it has no erf, code calls a function of that name."""

    module: str
    has_erf: bool

    def translate(self, code: str) -> str:
        """`code` with this library in the place of `xp`."""
        if not self.has_erf:
            code = re.sub(r"\bxp\.erf\b", "erf", code)
        return re.sub(r"\bxp\.", f"{self.module}.", code)

    def lines(self, code: Iterable[str], levels: int = 1) -> str:
        """Lines of `code`, translated and indented, each with its line break."""
        return "".join(f"{'    ' * levels}{self.translate(line)}\n" for line in code)


NUMPY = Dialect("np", has_erf=False)
TORCH = Dialect("torch", has_erf=True)
