"""What arithmetic costs: multiply-adds, additions and calls of functions, counted from a formula for one point.

The rule, the same for every kind (tests/nncore/counting.py counts by it):

- a multiply-add is a product, or a division, with the addition that takes it up where there is one: Σ_i W_i x_i + b is
  one for each i;
- an addition is one that takes up no product: a sum or a difference of other things, and a comparison (max, z > 0);
- a transcendental is a call of a function: exp, ln, tanh, sin, erf, or a square root;
- signs and absolute values are free, so are products with 1 and -1, and all that depends on weights alone, which is
  worked out once and not for each point. A product that all units of a layer share (x² of an input) counts once.

What a library does to stay within its numbers' range, and moving memory, is not counted. Not here: seconds, which are
measured (`make bench`).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """How much arithmetic one point takes, forward alone."""

    multiply_adds: int = 0
    additions: int = 0
    transcendentals: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            self.multiply_adds + other.multiply_adds,
            self.additions + other.additions,
            self.transcendentals + other.transcendentals,
        )

    def __rmul__(self, times: int) -> "Cost":
        return Cost(times * self.multiply_adds, times * self.additions, times * self.transcendentals)

    def to_json(self) -> dict[str, int]:
        """As plain data that survives JSON."""
        return {
            "multiply_adds": self.multiply_adds,
            "additions": self.additions,
            "transcendentals": self.transcendentals,
        }
