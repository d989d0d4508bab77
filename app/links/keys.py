"""The keys of a link, one table for reading and writing; docs/reference/links.md shows it.

What is at its default is left out, keys stand in the table's order, so a Config has one link. Beside the Config's keys
stand the page's: how far to train at once, and what the page itself reads. Not here: how a value is written
(`notation`), whole links (`link`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.links.notation import (
    SWITCH,
    choice_text,
    number_text,
    points_text,
    read_choice,
    read_number,
    read_points,
    read_settings,
    read_texts,
    read_value,
    texts_text,
    value_text,
)
from app.links.packed_points import packed, unpacked
from nncore.activations import ACTIVATIONS
from nncore.choice import Choice
from nncore.config import Config, Json, LayerConfig
from nncore.datasets import DATASETS
from nncore.errors import OutOfRange
from nncore.fields import FIELDS, NUMBERS
from nncore.forest.settings import KNOBS as FOREST_KNOBS
from nncore.losses import LOSSES
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.registry import Registry
from nncore.schedules import SCHEDULES
from nncore.sentence import Sentence
from nncore.spec import Points

_NOT_ONE_EACH = Sentence(
    "refused.not_one_each",
    "must give one value for all hidden layers or one for each: it gives {count}, but there "
    "{layers:is|are} {layers} {layers:layer|layers}",
)


MOST_CHARACTERS = 7900
"""Of a link before its #. A proxy takes 8,190 for a whole request line (nginx, Apache), the host among them."""

MOST_READABLE = 16
"""Points that a link writes as numbers, for people; more are packed."""


@dataclass(frozen=True)
class Key:
    """One key of a link. `path` is what it stands for in a Config; `write` gives None for what is left out."""

    name: str
    path: str
    sentence: str
    example: str
    write: Callable[[Config], str | None]
    read: Callable[[str, Json], None]


def _number_key(name: str, path: str, example: str) -> Key:
    """A number, a switch or a word that has a place of its own in the Config."""
    knob = FIELDS[path]
    *folders, last = path.split(".")

    def write(config: Config) -> str | None:
        value: Any = config
        for part in path.split("."):
            value = getattr(value, part)
        fixed = path == "data.count" and config.dataset.fixed_count is not None
        return None if fixed or value == knob.default else value_text(value)

    def read(text: str, data: Json) -> None:
        for folder in folders:
            data = data.setdefault(folder, {})
        data[last] = read_value(text, knob)

    return Key(name, path, knob.sentence, example, write, read)


def _choice_key(
    name: str, registry: Registry[Any], sentence: str, example: str, *, apart: Mapping[str, str] | None = None
) -> Key:
    """An entry with its settings."""
    apart = apart or {}

    def write(config: Config) -> str | None:
        choice: Choice = config.data.dataset if name == "data" else getattr(config, name)
        text = choice_text(registry, choice, tuple(apart))
        return None if text == choice_text(registry, _usual(name, config), tuple(apart)) else text

    def read(text: str, data: Json) -> None:
        # The dataset's shared numbers and the learning rate may stand there already, and stay.
        data[name] = {**read_choice(registry, text, apart, name), **data.get(name, {})}

    return Key(name, name, sentence, example, write, read)


def _usual(name: str, config: Config) -> Choice:
    """What a Config has where a choice is left out; the loss goes by the data."""
    if name == "data":
        return Config().data.dataset
    if name == "loss" and config.dataset.task != Config().dataset.task:
        return Config.from_json({"data": config.data.to_json()}).loss
    usual: Choice = getattr(Config(), name)
    return usual


def _rate_key() -> Key:
    sentence = "The learning rate; by default, the optimiser's usual one."

    def write(config: Config) -> str | None:
        rate = config.optimizer.knobs["learning_rate"]
        usual = next(k.default for k in OPTIMIZERS[config.optimizer.name].spec.knobs if k.name == "learning_rate")
        return None if rate == usual else value_text(rate)

    def read(text: str, data: Json) -> None:
        data.setdefault("optimizer", {"name": Config().optimizer.name})["learning_rate"] = read_number(text)

    return Key("rate", "optimizer.learning_rate", sentence, "0.03", write, read)


def _points_key() -> Key:
    def write(config: Config) -> str | None:
        choice = config.data.dataset
        points: Points = choice.knobs.get("points")  # type: ignore[assignment]  # of this kind alone
        if points == DATASETS[choice.name].spec.check({}).get("points"):
            return None
        if len(points) <= MOST_READABLE:
            return points_text(points)
        return packed(points)

    def read(text: str, data: Json) -> None:
        points = read_points(text) if "," in text else unpacked(text, "points")
        data.setdefault("data", {})["points"] = points

    sentence = (
        "The points of data=own: x, y and label of each, x and y from -1 to 1; "
        f"packed into letters where there are more than {MOST_READABLE}; fragment where these stand behind the #."
    )
    return Key("points", "data.points", sentence, ".5,-.25,0_-.5,.1,1_0,0,0_.3,.3,1", write, read)


def _texts_key(name: str, what: str, example: str) -> Key:
    def write(config: Config) -> str | None:
        texts = config.data.dataset.knobs.get(name)
        return texts_text(texts) if texts else None  # type: ignore[arg-type]  # of this kind alone

    def read(text: str, data: Json) -> None:
        data.setdefault("data", {})[name] = read_texts(text)

    sentence = f"{what}; what is no letter or digit as ~ and its UTF-8 code."
    return Key(name, f"data.{name}", sentence, example, write, read)


def _units_key() -> Key:
    def write(config: Config) -> str | None:
        units: Any = config.data.dataset.knobs.get("units")
        return ",".join(map(number_text, units)) if units else None

    def read(text: str, data: Json) -> None:
        data.setdefault("data", {})["units"] = [read_number(number) for number in text.split(",")]

    sentence = (
        "How the numbers of data=own were scaled into the square: offset, factor and decimals of x, of "
        "y, of a regression's value."
    )
    return Key("units", "data.units", sentence, "5.85,0.5,6,3.05,0.75,6", write, read)


def _split_key() -> Key:
    def write(config: Config) -> str | None:
        split: Any = config.data.dataset.knobs.get("split", "by_hash")
        return None if split == "by_hash" else split

    def read(text: str, data: Json) -> None:
        data.setdefault("data", {})["split"] = text

    sentence = "as_listed: the first points of data=own are for training, as many as `train` says."
    return Key("split", "data.split", sentence, "as_listed", write, read)


def _features_key() -> Key:
    def write(config: Config) -> str | None:
        return None if config.features == Config().features else ",".join(config.features)

    def read(text: str, data: Json) -> None:
        data["features"] = text.split(",") if text else []

    return Key("features", "features", "What the network is told about a point.", "x,y,xy", write, read)


def _forest_key() -> Key:
    def write(config: Config) -> str | None:
        if config.forest is None:
            return None
        changed = [
            f"{name}:{value_text(value)}"
            for name, value in config.forest.to_json().items()
            if value != FOREST_KNOBS[name].default
        ]
        return ":".join(changed) or "on"

    def read(text: str, data: Json) -> None:
        data["forest"] = SWITCH[text] if text in SWITCH else read_settings(text, FOREST_KNOBS, "forest")

    sentence = "A cascade of forests in place of a network: on, or its settings."
    return Key("forest", "forest", sentence, "levels:3:trees:30", write, read)


def _layers_key() -> Key:
    def write(config: Config) -> str | None:
        if config.forest is not None:
            return None
        units = [layer.units for layer in config.layers]
        if units == [layer.units for layer in Config().layers]:
            return None
        return ",".join(map(str, units)) or "0"

    def read(text: str, data: Json) -> None:
        data["layers"] = [] if text == "0" else [{"units": read_number(units)} for units in text.split(",")]

    sentence = "The units of each hidden layer; 0 for no hidden layer."
    return Key("layers", "layers", sentence, "8,4", write, read)


def _layered_key(
    name: str, sentence: str, example: str, text_of: Callable[[LayerConfig], str], read_one: Callable[[str], object]
) -> Key:
    """One value for all hidden layers, or as many as there are, with commas between."""

    def write(config: Config) -> str | None:
        texts = [text_of(layer) for layer in config.layers]
        alike = list(dict.fromkeys(texts))
        if set(alike) <= {text_of(LayerConfig())}:
            return None
        return ",".join(alike if len(alike) == 1 else texts)

    def read(text: str, data: Json) -> None:
        layers = data.setdefault("layers", [{"units": layer.units} for layer in Config().layers])
        values = [read_one(one) for one in text.split(",")]
        if len(values) not in (1, len(layers)) or not layers:
            raise OutOfRange(name, _NOT_ONE_EACH, count=len(values), layers=len(layers))
        for layer, value in zip(layers, values * len(layers) if len(values) == 1 else values, strict=True):
            layer[name] = value

    return Key(name, f"layers.{name}", sentence, example, write, read)


def _layer_choice_key(name: str, registry: Registry[Any], sentence: str, example: str) -> Key:
    return _layered_key(
        name,
        sentence,
        example,
        lambda layer: choice_text(registry, getattr(layer, name)),
        lambda text: read_choice(registry, text, {}, name),
    )


def _layer_option_key(name: str, example: str) -> Key:
    knob = FIELDS[f"layers.{name}"]
    return _layered_key(
        name,
        knob.sentence,
        example,
        lambda layer: value_text(getattr(layer, name)),
        lambda text: read_value(text, knob),
    )


def _output_key() -> Key:
    def write(config: Config) -> str | None:
        neuron = config.output.neuron
        return None if neuron == Config().output.neuron else choice_text(NEURONS, neuron)

    def read(text: str, data: Json) -> None:
        data.setdefault("output", {})["neuron"] = read_choice(NEURONS, text, {}, "output")

    return Key("output", "output.neuron", "The neuron type of the output layer.", "quadratic", write, read)


_EXAMPLES = {"init": "he", "batch": "32", "l1": "0.001", "l2": "0.001", "clip": "1", "prune": "on", "shuffle": "off"}

OWN_KEYS = ("points", "names", "columns", "units", "split")
"""Knobs of own points that have keys of their own."""

KEYS: tuple[Key, ...] = (
    _choice_key("data", DATASETS, "The dataset.", "spirals:arms:3", apart={name: name for name in OWN_KEYS}),
    *(
        _number_key(name, f"data.{path}", example)
        for name, path, example in (
            ("count", "count", "300"),
            ("noise", "noise", "0.1"),
            ("label_noise", "label_noise", "0.05"),
            ("train", "train_share", "0.8"),
            ("scale", "scale", "6"),
        )
    ),
    _points_key(),
    _texts_key("names", "Names of the classes of data=own", "small~20ones,large"),
    _texts_key("columns", "Names of x, y and the label of data=own", "length,width,kind"),
    _units_key(),
    _split_key(),
    _features_key(),
    _forest_key(),
    _layers_key(),
    _layer_choice_key("neuron", NEURONS, "The neuron type of all hidden layers, or of each.", "quadratic,kan:grid:8"),
    _layer_choice_key("activation", ACTIVATIONS, "The activation of all hidden layers, or of each.", "relu"),
    *(
        _layer_option_key(name, example)
        for name, example in {"norm": "layer_norm", "dropout": "0.2,0", "residual": "off,on", "bias": "off"}.items()
    ),
    _output_key(),
    _number_key("output_bias", "output.bias", "off"),
    _choice_key("loss", LOSSES, "What training minimises; by default, what fits the data.", "mse"),
    _choice_key("optimizer", OPTIMIZERS, "The optimiser.", "momentum:momentum:0.8", apart={"learning_rate": "rate"}),
    _rate_key(),
    _choice_key("schedule", SCHEDULES, "How the learning rate changes over epochs.", "cosine:epochs:200"),
    *(_number_key(name, name, _EXAMPLES.get(name, "")) for name in NUMBERS),
    _number_key("data_seed", "seeds.data", "7"),
    _number_key("run_seed", "seeds.run", "7"),
)
"""Every key that stands for a part of the Config, in the order of a link."""

PAGE_KEYS: dict[str, tuple[str, str]] = {
    "epochs": ("Starts already trained to the end of this epoch, exactly as if it had been trained here.", "200"),
    "play": ("on: starts training once it is open.", "on"),
    "speed": ("Epochs per second.", "10"),
    "until": ("Stops automatically: at the end of this epoch, when solved, or on a plateau.", "solved"),
    "lens": ("Opens the layer-by-layer view.", "on"),
    "discrete": ("Shows the output without shades: the nearest class alone or, of values, their sign.", "on"),
    "test": ("off: hides the test points.", "off"),
    "kept": (
        "Refers to points that no link holds: only the tab that showed them can open them again.",
        "4f1c90ab",
    ),
    "lang": ("The page's language.", "zh"),
    "theme": ("Its colours: light or dark.", "dark"),
    "palette": ("The colours for low and high values.", "purple_green"),
    "mode": ("present: larger text, without rarely used controls, for a projector.", "present"),
    "hide": ("Parts of the page to leave out, separated by commas; see below.", "noise,batch"),
    "lock": ("Parts that are shown but cannot be used, separated by commas.", "noise,rate"),
    "lab": ("The lab beside the page; alone, it opens with that lab's experiment.", "depth_without_activation"),
    "step": ("The step of the lab.", "2"),
    "show": ("Parts to show in a frame that would otherwise leave them out.", "noise,chart"),
}
"""Every other key, with its sentence and an example. The server reads the first four; the rest is the page's."""
