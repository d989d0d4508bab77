"""The parts of the page by the names that `hide` and `show` of a link take, and how wide a frame has to be for each.

The page finds a part in its markup by the same name (static/js/page/visibility.js); a test looks for every one.
Not here: what a part does, nor how it looks.
"""

from dataclasses import dataclass

from nncore.errors import OutOfRange, UnknownName, nearest
from nncore.features import FEATURES
from nncore.sentence import Sentence

_NO_PART = Sentence("refused.no_part", "does not name a part of the page: {value}; the largest are {known}")
_NO_PART_BUT_NEAR = Sentence(
    "refused.no_part_but_near", "does not name a part of the page: {value}; did you mean {near}?"
)
_HIDDEN_AND_SHOWN = Sentence(
    "refused.hidden_and_shown", "names {value}, which hide names as well; use only one of them"
)

MIDDLE, ROOMY, WIDE = 640, 720, 1100
"""Widths of a frame in CSS pixels from which more of the page is shown in it."""


@dataclass(frozen=True)
class Part:
    """A part of the page. A frame shows it from `width` on; None for only where `show` names it."""

    name: str
    sentence: str
    width: int | None = 0
    within: str = ""

    @property
    def framed(self) -> str:
        """When a frame shows it, for a reader."""
        return "on request" if self.width is None else f"from {self.width} pixels" if self.width else "always"


PARTS: tuple[Part, ...] = (
    Part("bar", "The bar at the top."),
    Part("play", "Play and pause.", within="bar"),
    Part("step", "One epoch.", within="bar"),
    Part("reset", "Back to epoch 0.", within="bar"),
    Part("epoch", "The epoch counter.", within="bar"),
    Part("speed", "Epochs per second.", None, "bar"),
    Part("neuron", "The menus of neuron types: for all layers, and for each.", MIDDLE),
    Part("activation", "The menus of activations: for all layers, and for each.", WIDE),
    Part("rate", "The learning rate.", WIDE, "bar"),
    Part("optimizer", "The optimiser.", None, "bar"),
    Part("penalty", "The regularisation.", None, "bar"),
    Part("penalty_rate", "Its strength.", None, "bar"),
    Part("batch", "Points per step.", None, "bar"),
    Part("more", "The less common settings; hidden, it still holds what a narrow bar has no room for.", None, "bar"),
    Part("open", "In a frame: the link that opens its run in the playground.", within="bar"),
    Part("data", "The data column.", WIDE),
    Part("datasets", "The pictures of the datasets, and a sentence about the chosen one.", WIDE, "data"),
    Part("new_points", "The button that draws new points.", None, "data"),
    Part("own", "Drawing own points, pasting and saving a table.", None, "data"),
    Part("count", "The number of points.", None, "data"),
    Part("noise", "The noise.", WIDE, "data"),
    Part("label_noise", "The share of mislabelled points.", None, "data"),
    Part("train", "The share of training points.", None, "data"),
    Part("data_knobs", "The dataset's own settings.", None, "data"),
    Part("network", "The features, the layers and their links."),
    Part("layers", "The buttons for depth and width.", WIDE, "network"),
    Part("new_weights", "The button that draws new initial weights.", None, "network"),
    Part("features", "The features that are off, and the switches of those that are on.", WIDE, "network"),
    *(
        Part(f"feature_{name}", f"The switch of {FEATURES[name].spec.label}.", WIDE, "features")
        for name in FEATURES.names()
    ),
    Part("formula", "The formula of the neuron, and its settings.", WIDE, "network"),
    Part("lens", "The button that opens the layer-by-layer view.", None, "formula"),
    Part("inspector", "What a click on a unit opens.", WIDE, "network"),
    Part("answer", "The large surface with the data's points."),
    Part("output", "The menu of its neuron type.", WIDE, "answer"),
    Part("legend", "Its colours and marks.", MIDDLE, "answer"),
    Part("numbers", "Loss and accuracy.", within="answer"),
    Part("chart", "The chart of the run and the confusion matrix.", ROOMY, "answer"),
    Part("runs", "The table of pinned runs.", None, "chart"),
    Part("time", "The slider that looks back.", WIDE, "chart"),
    Part("status", "What just happened, in a sentence, and what to try.", WIDE),
    Part("figures", "The number of parameters, and the speed of training.", WIDE, "status"),
    Part("share", "Sharing: the link, snippets, pictures.", None, "status"),
    Part("export", "Export.", None, "status"),
    Part("looks", "Theme, palette and language.", None, "status"),
)

NAMES = tuple(part.name for part in PARTS)
LARGE = tuple(part.name for part in PARTS if any(other.within == part.name for other in PARTS))
"""Those that others stand within: few enough for a sentence, on a frame, too. docs/reference/links.md lists all."""


def named(key: str, text: str) -> list[str]:
    """The parts that the value `text` of `key` names; raises UnknownName for one that is none."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in NAMES:
            near = nearest(name, NAMES, cutoff=0.5)
            if near is not None:
                raise UnknownName(key, _NO_PART_BUT_NEAR, NAMES, value=name[:60], near=near)
            raise UnknownName(key, _NO_PART, LARGE, value=name[:60])
    return names


def require_named(hide: str, show: str) -> None:
    """Raise InputError where one of the two names what is no part, or what the other names, too."""
    hidden = frozenset(named("hide", hide))
    for name in named("show", show):
        if name in hidden:
            raise OutOfRange("show", _HIDDEN_AND_SHOWN, value=name)


def framed() -> dict[str, list[int | str | None]]:
    """What a frame shows, for the page: of each part its width and what it stands within."""
    return {part.name: [part.width, part.within] for part in PARTS}


RACE = (
    *("play", "step", "reset", "epoch", "speed", "open", "datasets", "noise", "rate", "activation"),
    *("numbers", "chart", "runs", "status", "share", "looks"),
)
"""Those that its frame may leave out: its `runs` are the repetitions. The neurons are what it is about."""

MEMORY = ("play", "step", "reset", "epoch", "speed", "open", "datasets", "chart", "runs", "status", "share", "looks")
"""Those that a memory's frame may leave out: its `datasets` are the patterns, its `runs` how many fit."""


def memory_framed() -> dict[str, list[int | str | None]]:
    """The same of a memory."""
    return {name: part for name, part in framed().items() if name in MEMORY} | {"datasets": [MIDDLE, ""]}


def race_framed() -> dict[str, list[int | str | None]]:
    """The same of a race."""
    return {name: part for name, part in framed().items() if name in RACE}
