"""Races worth opening with: five questions whose answer is the same for nearly every seed.

What each is said to show stands in the page's words (`race.start_<name>_claim`); a test trains it over twenty seeds.
Not here: how a race's link is read (`race_link`).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Start:
    """A race by its `query`, without a question mark."""

    name: str
    query: str


STARTS = (
    Start("ring", "data=circles&layers=2&rate=0.1&epochs=100&b.neuron=quadratic"),
    Start("signs", "data=xor&layers=2&rate=0.1&epochs=100&b.neuron=product"),
    Start(
        "budget",
        "data=spirals&layers=8,8&rate=0.03&epochs=100&b.neuron=quadratic&c.neuron=kan&budget=parameters:220",
    ),
    Start("depth", "data=spirals&neuron=kan&rate=0.01&epochs=100&a.layers=7&b.layers=3,3&budget=parameters:150"),
    Start("straight", "data=circles&layers=8&rate=0.03&epochs=100&a.activation=identity"),
)
"""In the order of a lesson."""
