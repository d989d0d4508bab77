"""Links of TensorFlow Playground, opened here as the same experiment.

Its defaults, its data and its rules are written down here as it has them: see KEYS. What cannot be carried over is told
in a notice each. A value that it would pass over in silence is passed over, too, and told.
"""

import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.links.fragment import is_behind
from app.links.keys import KEYS as OWN_KEYS
from app.links.keys import PAGE_KEYS
from app.links.link import Link, in_link, of_pairs, page_part, pairs, renamed
from app.links.notation import read_number
from nncore.config import Config, Json
from nncore.errors import InputError, OutOfRange, WrongType, nearest, shown
from nncore.sentence import Said, Sentence, Word
from nncore.spec import NOT_OF_TYPE

_NO_PERCENT = Sentence("refused.no_percent", "must be a number from 5 to 95, not {value}")
_NO_INPUT = Sentence("refused.no_input", "at least one input must be on; available: {known}")

_NO_VALUE = Sentence(
    "foreign.value",
    "{name}: TensorFlow Playground has no {value} and uses {taken} instead; so does this page. It has {known}.",
)
_REST = Sentence(
    "foreign.batch",
    "batchSize: the {rest} {rest:point|points} left over after an epoch's full batches "
    "{rest:forms|form} a separate batch here; in TensorFlow Playground {rest:it waits|they wait} for "
    "the next epoch's first batch.",
)
_NOISE = Sentence("foreign.noise", "noise: TensorFlow Playground takes {noise} as {taken}; so does this page.")
_SEED = Sentence(
    "foreign.seed",
    "seed: this link's random numbers cannot be reproduced; points and initial weights differ slightly.",
)
_NO_CONTROL = Sentence("foreign.hide", "{name}_hide: this page has no such control to hide.")
_NO_KEY = Sentence("foreign.key", "{name}: TensorFlow Playground has no such key and ignores it; so does this page.")
_NO_KEY_BUT_NEAR = Sentence(
    "foreign.key_but_near",
    "{name}: TensorFlow Playground has no such key and ignores it; so does this page. Did you mean {near}?",
)
_NO_COSINE = Sentence("foreign.cosine", "{name}: TensorFlow Playground keeps this key but has no such input.")

ACTIVATIONS = {"relu": "relu", "tanh": "tanh", "sigmoid": "sigmoid", "linear": "identity"}
DATASETS = {"circle": "circle", "xor": "xor", "gauss": "gauss", "spiral": "spiral"}
REGRESSIONS = {"reg-plane": "plane", "reg-gauss": "hills"}
PENALTIES = {"none": "", "L1": "l1", "L2": "l2"}
PROBLEMS = {"classification": "classification", "regression": "regression"}
FEATURES = {
    "x": "x",
    "y": "y",
    "xSquared": "x_squared",
    "ySquared": "y_squared",
    "xTimesY": "xy",
    "sinX": "sin_x",
    "sinY": "sin_y",
}
"""Its inputs in its order, as they are called here."""

KEYS: dict[str, str] = {
    "activation": "tanh",
    "regularization": "none",
    "batchSize": "10",
    "dataset": "circle",
    "regDataset": "reg-plane",
    "learningRate": "0.03",
    "regularizationRate": "0",
    "noise": "0",
    "networkShape": "4,2",
    "seed": "",
    "showTestData": "false",
    "discretize": "false",
    "percTrainData": "50",
    "x": "true",
    "y": "true",
    "xTimesY": "false",
    "xSquared": "false",
    "ySquared": "false",
    "cosX": "false",
    "sinX": "false",
    "cosY": "false",
    "sinY": "false",
    "collectStats": "false",
    "tutorial": "",
    "problem": "classification",
    "initZero": "false",
    "hideText": "false",
}
"""Its keys, with its defaults."""

HIDDEN = {
    "playButton": "play",
    "stepButton": "step",
    "resetButton": "reset",
    "learningRate": "rate",
    "activation": "activation",
    "regularization": "penalty",
    "regularizationRate": "penalty_rate",
    "dataset": "datasets",
    "percTrainData": "train",
    "noise": "noise",
    "batchSize": "batch",
    "numHiddenLayers": "layers",
    **{name: f"feature_{ours}" for name, ours in FEATURES.items()},
}
"""What its `<name>_hide=true` hides, as the key `hide` calls it here."""

NOT_HERE = {
    "cosX": _NO_COSINE,
    "cosY": _NO_COSINE,
    "collectStats": Sentence("foreign.statistics", "{name}: this page collects no statistics."),
    "tutorial": Sentence("foreign.tutorial", "{name}: its tutorials are not available here."),
    "hideText": Sentence("foreign.text", "{name}: this page has no text below it to hide."),
}
"""Keys that change nothing here, each with what is told where it is set."""

_ONLY_THERE = {name for name in KEYS if name not in {key.name for key in OWN_KEYS}}
PLACES = {
    "data:rule": "dataset",
    "noise": "noise",
    "train": "percTrainData",
    "layers": "networkShape",
    "rate": "learningRate",
    "batch": "batchSize",
    "l1": "regularizationRate",
    "l2": "regularizationRate",
    "features": "x",
}
"""Our keys, as its links call them: for errors."""


def read(text: str) -> Link:
    """What any link says: a query, what follows a #, or a whole address; of our own or of TensorFlow Playground."""
    before, _, after = text.strip().partition("#")
    address, mark, asked = before.partition("?")
    # A query may come without its question mark; what follows a # may be a mere place on a page.
    asked = asked if mark or "=" not in address else address
    query = pairs(f"{asked}#{after}")
    if is_behind(asked):
        return of_pairs(query)
    # WordPress puts "#?secret=..." behind the address of a frame: a word between it and the frame, none of ours.
    fragment = pairs(after if "=" in after and not after.startswith("?") else "")
    own_page = {name: value for name, value in query.items() if name in PAGE_KEYS}
    if not fragment or (query.keys() - PAGE_KEYS.keys()):
        return of_playground(query) if is_foreign(query) else of_pairs(query)
    if is_foreign(fragment) or fragment.keys() <= KEYS.keys():
        return of_playground({**own_page, **fragment})
    return of_pairs({**own_page, **fragment})


def is_foreign(found: Mapping[str, str]) -> bool:
    """Whether keys are TensorFlow Playground's."""
    return any(name in _ONLY_THERE or name.endswith("_hide") for name in found)


def of_playground(found: Mapping[str, str]) -> Link:
    """What a link of TensorFlow Playground says."""
    reader = _Reader(found)
    data = _config(reader)
    try:
        config = Config.from_json(data)
    except InputError as error:
        raise renamed(in_link(error), PLACES) from None
    if config.data.train_count % config.batch:
        rest = config.data.train_count % config.batch
        reader.tell(_REST, rest=rest)
    hidden = reader.hidden()
    page = page_part({name: value for name, value in found.items() if name in PAGE_KEYS})
    if reader.given.get("discretize") == "true":
        page["page"] = {**page["page"], "discrete": "on"}
    if hidden:
        page["page"] = {**page["page"], "hide": ",".join(hidden)}
    return replace(Link(config, **page), notices=tuple(reader.notices), names=PLACES)


def _config(reader: "_Reader") -> Json:
    regression = reader.choice("problem", PROBLEMS) == "regression"
    rule = reader.choice("regDataset", REGRESSIONS) if regression else reader.choice("dataset", DATASETS)
    penalty = reader.choice("regularization", PENALTIES)
    seed = reader.seed()
    count = 1200 if regression else 500
    reader.told()
    return {
        "data": {
            "name": "classic_values" if regression else "classic",
            "rule": rule,
            "count": count,
            "noise": reader.noise() / 100,
            # TensorFlow Playground cuts a fraction of a point off.
            "train_share": math.floor(count * reader.share() / 100) / count,
            "scale": 6.0,
        },
        "features": reader.features(),
        "layers": reader.layers(reader.choice("activation", ACTIVATIONS)),
        "loss": "mse",
        "optimizer": {"name": "sgd", "learning_rate": reader.number("learningRate")},
        "init": "zeros" if reader.switch("initZero") else "uniform",
        "batch": reader.number("batchSize"),
        **({penalty: reader.number("regularizationRate")} if penalty else {}),
        "prune": penalty == "l1",
        "shuffle": False,
        "seeds": {"data": seed, "run": seed},
    }


@dataclass
class _Reader:
    """Reads one link's values as that playground reads them, and gathers what has to be told."""

    found: Mapping[str, str]

    def __post_init__(self) -> None:
        self.notices: list[Said] = []
        self.given = {name: value.strip() for name, value in self.found.items() if value.strip()}

    def tell(self, sentence: Sentence, **values: Word) -> None:
        """Add a notice."""
        self.notices.append(Said(sentence, values))

    def choice(self, name: str, known: Mapping[str, str]) -> str:
        value = self.given.get(name, KEYS[name])
        if value not in known:
            self.tell(_NO_VALUE, name=name, value=repr(value[:40]), taken=KEYS[name], known=", ".join(known))
        return known.get(value, known[KEYS[name]])

    def number(self, name: str) -> float:
        number = read_number(self.given.get(name, KEYS[name]))
        if isinstance(number, str):
            raise WrongType(name, NOT_OF_TYPE, noun="a number", value=shown(number))
        return number

    def switch(self, name: str) -> bool:
        """There, whatever is not false is true."""
        return self.given.get(name, KEYS[name]) != "false"

    def noise(self) -> float:
        """There, up to 50, and up to 80 in a link; what is over that counts as 50, what is under 0 as 0."""
        noise = self.number("noise")
        taken = 50 if noise > 80 else max(0, noise)
        if taken != noise:
            self.tell(_NOISE, taken=taken, noise=noise)
        return taken

    def share(self) -> float:
        share = self.number("percTrainData")
        if not 5 <= share <= 95:
            raise OutOfRange("percTrainData", _NO_PERCENT, value=float(share))
        return share

    def features(self) -> list[str]:
        names = [ours for name, ours in FEATURES.items() if self.switch(name)]
        if not names:
            raise OutOfRange("x", _NO_INPUT, FEATURES)
        return names

    def layers(self, activation: str) -> list[Json]:
        # Here an empty text says something: no hidden layer.
        shape = self.found.get("networkShape", KEYS["networkShape"]).strip()
        units = [read_number(one.strip()) for one in shape.split(",")] if shape else []
        return [{"units": count, "activation": activation} for count in units]

    def seed(self) -> int:
        """A number of our own from its text: other links draw other points."""
        text = self.given.get("seed")
        if text is None:
            return 0
        self.tell(_SEED)
        return zlib.crc32(text.encode()) & 0x7FFF_FFFF

    def hidden(self) -> list[str]:
        """What `<name>_hide=true` hides, as our `hide` calls it."""
        flags = [name.removesuffix("_hide") for name in self.given if name.endswith("_hide")]
        asked = [flag for flag in flags if self.given[f"{flag}_hide"] == "true"]
        for flag in asked:
            if flag not in HIDDEN:
                self.tell(_NO_CONTROL, name=flag[:40])
        return [HIDDEN[flag] for flag in asked if flag in HIDDEN]

    def told(self) -> None:
        """What else is set and changes nothing here."""
        for name, value in self.given.items():
            if name in NOT_HERE and value not in ("", KEYS[name]):
                self.tell(NOT_HERE[name], name=name)
            elif name not in KEYS and name not in PAGE_KEYS and not name.endswith("_hide"):
                near = nearest(name, KEYS)
                if near is not None:
                    self.tell(_NO_KEY_BUT_NEAR, name=name[:40], near=near)
                else:
                    self.tell(_NO_KEY, name=name[:40])
