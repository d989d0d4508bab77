"""Formulas with numbers in them, as LaTeX: the few pieces that kinds of neurons write their own from.

Text in, text out: a number is whatever text stands for it, so the same formula can carry values or placeholders.
"""

from collections.abc import Iterable, Mapping, Sequence

Letters = Mapping[str, Sequence[str]]
"""One unit's numbers by their letter in the formula: of a weight one for each input (or pair), of a bias one alone."""

TERMS_HIGH = 12
"""A sum of more terms is cut short: nobody reads it to its end."""


def weighed(weights: Iterable[str], terms: Iterable[str]) -> str:
    """A weighted sum, such as ``0.4 \\, x + 0.2 \\, y``; past TERMS_HIGH terms, dots."""
    products = [f"{weight} \\, {term}" for weight, term in zip(weights, terms, strict=True)]
    shown = products if len(products) <= TERMS_HIGH else [*products[: TERMS_HIGH - 1], r"\cdots"]
    return " + ".join(shown)


def plus(bias: Sequence[str]) -> str:
    """What is added at a sum's end; nothing where there is no bias."""
    return f" + {bias[0]}" if bias else ""


def powers(names: Sequence[str], power: int) -> list[str]:
    """Every input to a power; the first power is the input itself."""
    return [name if power == 1 else f"{name}^{power}" for name in names]


def pairs(names: Sequence[str]) -> list[str]:
    """Every product of two inputs, row after row."""
    return [f"{one}^2" if i == k else f"{one} {other}" for i, one in enumerate(names) for k, other in enumerate(names)]


def listed(letters: Letters) -> str:
    """The numbers by letter, such as ``W = (0.4, 0.2), b = 0.1``: for kinds that have no formula of their own."""
    lists = (
        f"{letter} = {values[0]}" if len(values) == 1 else f"{letter} = ({', '.join(values[:TERMS_HIGH])})"
        for letter, values in letters.items()
        if values
    )
    return r", \; ".join(lists)
