"""What the atlas shows, as a page: every figure on it is counted here, from the table that is shipped.

`make reference` writes it, a test says when. Not here: how the table came about (`make_atlas`).
"""

import json
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.atlas.forest_table import ForestCell
from app.atlas.store import MADE, atlas_table
from app.atlas.table import Cell
from nncore.activations import ACTIVATIONS
from nncore.config import Json
from nncore.datasets import DATASETS
from nncore.neurons import NEURONS
from nncore.study.statistics import wilson

WIDTH = 140

ALIKE = ("own", "classic")
"""Datasets that are the reader's, or others' versions of these."""

PAGE = Path(__file__).resolve().parent / "explanation" / "which-neuron.md"


@dataclass(frozen=True)
class Smallest:
    """The smallest network of a kind that surely solves it. `least`: none smaller was tried."""

    cell: Cell
    least: bool

    @property
    def text(self) -> str:
        """With what is not known said."""
        return f"{'≤ ' if self.least else ''}{self.cell.parameters}"


class Atlas:
    """The table, asked by names."""

    def __init__(self, table: Json) -> None:
        self.table = table
        self.data: list[str] = table["data"]
        self.activations: list[str] = table["activations"]
        self.neurons: list[str] = table["neurons"]
        self.runs, self.surely, self.plain = table["runs"], table["surely"], table["plain"]
        self.cells = [Cell(*values) for values in table["cells"]]

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Every dataset with every activation."""
        return [(data, activation) for data in self.data for activation in self.activations]

    def networks(self, neuron: str, data: str, activation: str) -> list[Cell]:
        """Of one kind, from the smallest on."""
        wanted = (self.data.index(data), self.activations.index(activation), self.neurons.index(neuron))
        own = [cell for cell in self.cells if (cell.data, cell.activation, cell.neuron) == wanted]
        return sorted(own, key=lambda cell: cell.parameters)

    def smallest(self, neuron: str, data: str, activation: str) -> Smallest | None:
        """The smallest that surely solves it; None where none does."""
        own = self.networks(neuron, data, activation)
        found = next((cell for cell in own if cell.solved >= self.surely), None)
        return None if found is None else Smallest(found, found is own[0])


def page(table: Json, made: Json) -> str:
    """The page as Markdown."""
    atlas = Atlas(table)
    parts = [_asked(atlas, made), _answer(atlas), _against_plain(atlas)]
    parts += [_forests(atlas, table["forests"])] if "forests" in table else []
    parts += [_limits(atlas), _how(atlas, made)]
    return "\n".join(parts)


def _asked(atlas: Atlas, made: Json) -> str:
    table = atlas.table
    networks = [f"{one['layers']} × {one['budget']}" for one in table["networks"]]
    low, high = wilson(atlas.surely, atlas.runs)
    return "\n".join(
        [
            "# Which neuron?",
            "",
            _wrapped(
                "Made from the atlas' rows by `make reference`: do not edit. The page `/atlas` of a running server",
                "shows the same, and each of its fields opens as a race or as a run. The rows are",
                "[`app/atlas/rows.csv.xz`](../../app/atlas/rows.csv.xz), the question is",
                "[`app/atlas/study.toml`](../../app/atlas/study.toml); what the page shows is in its",
                "address (`/atlas?data=spirals&activation=relu&show=solved&network=2:128&kinds=linear,kan`), and",
                "programs read `/api/atlas` or `/api/atlas.csv`.",
            ),
            "",
            "## What was asked",
            "",
            _wrapped(
                f"{made['runs']:,} runs: {len(atlas.neurons)} kinds of neuron, each on {_listed(atlas.data)}, with",
                f"{_listed(atlas.activations)} behind it, in {len(networks)} sizes (hidden layers × parameters:",
                f"{', '.join(networks)}), {atlas.runs} seeds each. All hidden layers have the one width that comes",
                "nearest to the number of parameters; the output neuron is linear. A seed draws the 250 training and",
                "250 test points, without noise, and the initial weights. All train alike: Adam, learning rate 0.01,",
                f"batch 10, at most {table['epochs']} epochs.",
            ),
            "",
            _wrapped(
                "A run has **solved** it with the first epoch after which it has at least",
                f"{table['bar']:.0%} of the test points right, and ends there. A network solves it **surely** if at",
                f"least {atlas.surely} of its {atlas.runs} runs do. That is not very sure: {atlas.surely} of",
                f"{atlas.runs} say that the share is between {low:.0%} and {high:.0%} (Wilson's 95 % interval).",
            ),
            "",
        ]
    )


def _answer(atlas: Atlas) -> str:
    lines = [
        "## The smallest network that surely solves it",
        "",
        "In parameters; – where no size tried does; ≤ where the smallest tried does, so that a smaller one may, too.",
        "",
    ]
    for activation in atlas.activations:
        rows = (
            [f"`{neuron}`", *(_text(atlas.smallest(neuron, data, activation)) for data in atlas.data)]
            for neuron in atlas.neurons
        )
        lines += [f"With {activation}:", "", *_table(["neuron", *atlas.data], rows), ""]
    lines += [_item(_winners(atlas, data, activation)) for data, activation in atlas.columns]
    return "\n".join(lines) + "\n"


def _winners(atlas: Atlas, data: str, activation: str) -> str:
    found = {name: one for name in atlas.neurons if (one := atlas.smallest(name, data, activation)) is not None}
    of_all = f"{len(found)} of {len(atlas.neurons)} kinds solve it surely."
    plain = found.get(atlas.plain)
    beside = f"`{atlas.plain}` has none" if plain is None else f"`{atlas.plain}` needs {plain.cell.parameters}"
    if not found:
        return f"**{data}, {activation}**: none of the sizes tried, of any kind."
    easy = [f"`{name}`" for name, one in found.items() if one.least]
    if easy:
        # Which of them needs least was not asked: their smallest networks are of whatever sizes there happen to be.
        told = f"the smallest network tried does for {_listed(easy)}"
        return f"**{data}, {activation}**: {told}{'' if f'`{atlas.plain}`' in easy else f'; {beside}'}. {of_all}"
    least = min(one.cell.parameters for one in found.values())
    names = [f"`{name}`" for name, one in found.items() if one.cell.parameters == least]
    ending = "" if f"`{atlas.plain}`" in names else f"; {beside}"
    return f"**{data}, {activation}**: {_listed(names)} with {least} parameters{ending}. {of_all}"


def _against_plain(atlas: Atlas) -> str:
    rows = []
    for neuron in atlas.neurons:
        if neuron == atlas.plain:
            continue
        counts = dict.fromkeys(("fewer", "as many", "more", "untold", "alone", "not"), 0)
        cheaper = 0
        for data, activation in atlas.columns:
            own, plain = atlas.smallest(neuron, data, activation), atlas.smallest(atlas.plain, data, activation)
            counts[_compared(own, plain)] += own is not None or plain is not None
            cheaper += own is not None and plain is not None and own.cell.multiply_adds < plain.cell.multiply_adds
        rows.append([f"`{neuron}`", *map(str, counts.values()), str(cheaper)])
    heads = [
        "neuron",
        "fewer parameters",
        "as many",
        "more",
        "not told",
        f"only it, not `{atlas.plain}`",
        f"only `{atlas.plain}`, not it",
        "fewer multiply-adds",
    ]
    half = len(atlas.columns) / 2
    ahead = [row[0] for row in rows if int(row[1]) + int(row[5]) > half]
    behind = [row[0] for row in rows if int(row[3]) + int(row[6]) > half]
    cheap = sum(int(row[7]) > half for row in rows)
    return "\n".join(
        [
            f"## Against `{atlas.plain}`",
            "",
            _wrapped(
                f"In how many of the {len(atlas.columns)} columns above a kind's smallest sure network is smaller than",
                f"that of `{atlas.plain}`, as large, or larger; and in how many it is cheaper, in multiply-adds for",
                "one point, where both have one. *Not told*: where the smallest network tried does already, nobody",
                "knows how small it could be.",
            ),
            "",
            *_table(heads, rows),
            "",
            _item(
                f"In more than half of the columns these come out ahead of `{atlas.plain}`:",
                f"{_listed(ahead) or 'none'}; and these behind it: {_listed(behind) or 'none'}.",
            ),
            _item(
                f"Fewer parameters are not less work: {_kinds(cheap)} of {len(rows)} needed fewer multiply-adds than",
                f"`{atlas.plain}` in more than half of the columns.",
            ),
            "",
        ]
    )


def _compared(own: Smallest | None, plain: Smallest | None) -> str:
    if own is None:
        return "not"
    if plain is None:
        return "alone"
    difference = own.cell.parameters - plain.cell.parameters
    # Where the smallest tried does, a smaller one may: it is at most so large.
    if (own.least and difference >= 0) or (plain.least and difference <= 0):
        return "untold"
    return "fewer" if difference < 0 else "more" if difference > 0 else "as many"


def _forests(atlas: Atlas, forests: Json) -> str:
    """What cascades of forests do on the same points."""
    found: dict[int, dict[str, ForestCell]] = {}
    for values in forests["cells"]:
        cell = ForestCell(**values)
        found.setdefault(cell.forest, {})[cell.data] = cell
    rows = [
        [
            f"{one['forests']} × {one['trees']}, {one['levels']}",
            *(f"{cell.solved}: {cell.nodes:,}" for cell in (found[place][data] for data in atlas.data)),
        ]
        for place, one in enumerate(forests["cascades"])
    ]
    sure = [data for data in atlas.data if found[0][data].solved >= atlas.surely]
    none = [data for data in atlas.data if all(cells[data].solved < atlas.surely for cells in found.values())]
    told = f"The smallest of them surely solves {_listed(sure) or 'none'}"
    return "\n".join(
        [
            "## Beside them, forests",
            "",
            _wrapped(
                f"Cascades of forests on the same points, {atlas.runs} seeds each (forests × trees a level, at most",
                "so many levels): how many of the runs solve it, and how many nodes the trees have together, in",
                f"the median run. {told}{f'; none surely solves {_listed(none)}' if none else ''}. Nodes are no",
                "parameters: no number in them is learnt by descent, and a point passes few of them.",
            ),
            "",
            *_table(["forests", *atlas.data], rows),
            "",
        ]
    )


def _unmeasured(atlas: Atlas) -> list[str]:
    """Kinds that came after the rows were made."""
    kinds = [f"`{name}`" for name in NEURONS if name not in atlas.neurons]
    return [_item(f"**Not every kind has a row.** {_listed(kinds)} came later than these runs.")] if kinds else []


def _limits(atlas: Atlas) -> str:
    pairs = [(neuron, *column) for neuron in atlas.neurons for column in atlas.columns]
    falls = [pair for pair in pairs if _falls(atlas, *pair)]
    least = [one for pair in pairs if (one := atlas.smallest(*pair)) is not None and one.least]
    sure = [pair for pair in pairs if atlas.smallest(*pair) is not None]
    diverged, runs = sum(cell.diverged for cell in atlas.cells), len(atlas.cells) * atlas.runs
    lines = [
        "## What does not hold",
        "",
        _item(
            f"**Larger is not always surer.** In {len(falls)} of the {len(sure)} cases where a kind solves some data",
            "surely, a larger network of it that was tried did not: all had the same number of epochs.",
        ),
        _item(
            f"**These are not smallest networks**, only the smallest tried. In {len(least)} of those {len(sure)} cases",
            "the very smallest tried did already. Sizes double from one to the next: a difference between two kinds of",
            "less than twofold may be one of the widths that there happen to be.",
        ),
        _item(_activations(atlas)),
        *_unmeasured(atlas),
        _item(
            "**Nothing was tuned.** One optimiser, one learning rate, one number of epochs for all: a kind that needs",
            "another rate looks worse than it is. A dash says that these trainings did not solve it, not that none",
            "can.",
        ),
        _item(
            "**Two inputs.** Products of coordinates are few there. On a hundred inputs one `bilinear_form` neuron has",
            "thousands of parameters, and of such data nothing is said here.",
        ),
        _item(
            "**Accuracies are of runs that ended when they had solved it.** Trained on, most get better: the chart",
            "compares what is below the bar.",
        ),
        _item(
            f"{f'{diverged:,}' if diverged else 'None'} of {runs:,} runs diverged; one that does counts as not solved."
        ),
        "",
    ]
    return "\n".join(lines)


def _falls(atlas: Atlas, neuron: str, data: str, activation: str) -> bool:
    found = atlas.smallest(neuron, data, activation)
    own = atlas.networks(neuron, data, activation)
    return found is not None and any(
        cell.parameters > found.cell.parameters and cell.solved < atlas.surely for cell in own
    )


def _activations(atlas: Atlas) -> str:
    if len(atlas.activations) < 2:
        return f"**Only {atlas.activations[0]}.** Another activation may turn the order round."
    first, second = atlas.activations[:2]
    pairs = [(neuron, data) for neuron in atlas.neurons for data in atlas.data]
    found = [(atlas.smallest(*pair, first), atlas.smallest(*pair, second)) for pair in pairs]
    both = [(one, other) for one, other in found if one is not None and other is not None]
    differing = sum(one.cell.parameters != other.cell.parameters for one, other in both)
    alone = [sum(one is not None and other is None for one, other in found)]
    alone.append(sum(one is None and other is not None for one, other in found))
    return (
        f"**Another activation gives other figures.** Of {len(pairs)} pairs of kind and data {len(both)} are solved "
        f"surely with both, {differing} of them with different numbers of parameters; {alone[0]} with {first} alone, "
        f"{alone[1]} with {second} alone, {len(pairs) - len(both) - sum(alone)} with neither."
    )


def _how(atlas: Atlas, made: Json) -> str:
    left = [name for name in DATASETS.names() if name not in atlas.data and name not in ALIKE and _has_classes(name)]
    return "\n".join(
        [
            "## How to widen it",
            "",
            _wrapped(
                f"Left out for want of time: {_listed([f'`{name}`' for name in left])}; networks of more than",
                f"{max(one['budget'] for one in atlas.table['networks'])} parameters or",
                f"{max(one['layers'] for one in atlas.table['networks'])} hidden layers; noise;",
                f"{len(ACTIVATIONS.names()) - len(atlas.activations)} other activations; other optimisers.",
            ),
            "",
            _wrapped(
                "The grid was bounded to what a busy core does in an hour or two: the runs above took",
                f"{made['seconds'] / 3600:.1f} hours of one (version {made['version']}, Python {made['python']}, NumPy",
                f"{made['numpy']}). More data, sizes, activations, kinds, seeds or epochs are a line each in",
                "`app/atlas/study.toml`: move `build/atlas` away, `make atlas`, `make reference`. That trains only",
                "what no row is there for yet; without `app/atlas/rows.csv.xz` it trains everything. It may be stopped",
                'at any time and goes on from there, and `make atlas ATLAS="--workers 8"` takes eight cores. The page',
                "and this text follow. Tests check the rows against the study, and a sample of them by training it",
                "again.",
            ),
            "",
        ]
    )


def _has_classes(name: str) -> bool:
    return DATASETS.build(name, {}).task == "classification"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    marks = "|---" + "|---:" * (len(heads) - 1) + "|"
    return [f"| {' | '.join(heads)} |", marks, *(f"| {' | '.join(row)} |" for row in rows)]


def _text(found: Smallest | None) -> str:
    return "–" if found is None else found.text


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _wrapped(*pieces: str) -> str:
    return textwrap.fill(" ".join(pieces), WIDTH, break_long_words=False, break_on_hyphens=False)


def _item(*pieces: str) -> str:
    text = f"- {' '.join(pieces)}"
    return textwrap.fill(text, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _kinds(count: int) -> str:
    return "no kind" if count == 0 else "one kind" if count == 1 else f"{count} kinds"


def written() -> str:
    """The page of what is shipped."""
    return page(atlas_table(), json.loads(MADE.read_text(encoding="utf-8")))
