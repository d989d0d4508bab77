"""All that defines a run, as plain data: two runs with equal Configs are equal to the bit on the same machine.

`Config.from_json` checks every name, type and range, and every error names its path. What a server allows beyond that
(how many layers a page may ask for) is not decided here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar

from nncore.activations import ACTIVATIONS
from nncore.choice import Choice, Fields
from nncore.datasets import DATASETS, Dataset
from nncore.errors import InputError, OutOfRange, UnknownField, WrongType, described, join
from nncore.features import FEATURES
from nncore.fields import FIELDS, NUMBERS
from nncore.forest.settings import KNOBS as FOREST_KNOBS
from nncore.forest.settings import Forest
from nncore.losses import LOSSES
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.registry import Registry
from nncore.schedules import SCHEDULES
from nncore.sentence import Sentence
from nncore.spec import NOT_OF_TYPE, Knob, require_object

_OTHER_CLASSES = Sentence(
    "refused.other_classes", "would change {classes} classes to {value}; that is a different network"
)

_NO_SHARE = Sentence(
    "refused.no_share", "must leave at least one point for training and one for testing, or be 1 for no test points"
)
_NOT_CHANGEABLE = Sentence("refused.not_changeable", "cannot be changed during a run; you can change {known}")
_NO_RESIDUAL = Sentence(
    "refused.no_residual",
    "needs as many units as inputs: the layer has {units} {units:unit|units} and {inputs} {inputs:input|inputs}",
)
_NO_MEANING = Sentence("refused.no_meaning_for_forests", "has no meaning for a forest; leave it out")
_NO_VALUES = Sentence(
    "refused.forests_need_classes", "tells classes apart, and these data hold values; choose data with classes"
)
_NOTHING_CHANGEABLE = Sentence(
    "refused.forest_not_changeable", "cannot be changed while a forest grows; start another run with it"
)
_NO_FEATURE = Sentence("refused.no_feature", "must name at least one feature")
_SAME_FEATURE = Sentence("refused.same_feature", "names '{name}' more than once")

Json = dict[str, Any]


def _default(registry: Registry[Any], name: str) -> Choice:
    return Choice.of(registry, name, "")


def _number(path: str) -> Any:
    return field(default=FIELDS[path].default)


@dataclass(frozen=True)
class Data:
    """Which points: a dataset with its knobs, how many, how noisy, how split, how large.

    A dataset of a fixed count (the reader's own points) sets `count` itself.
    """

    dataset: Choice = field(default=_default(DATASETS, "spirals"))
    count: int = _number("data.count")
    noise: float = _number("data.noise")
    label_noise: float = _number("data.label_noise")
    train_share: float = _number("data.train_share")
    scale: float = _number("data.scale")

    shared: ClassVar[tuple[str, ...]] = ("count", "noise", "label_noise", "train_share", "scale")

    @classmethod
    def from_json(cls, data: object, path: str) -> "Data":
        """Read the dataset's name, its knobs and the shared numbers, all side by side."""
        given = require_object(data, path)
        dataset = Choice.of(DATASETS, {k: v for k, v in given.items() if k not in cls.shared}, path)
        numbers = {n: FIELDS[f"data.{n}"].check(given[n], join(path, n)) for n in cls.shared if n in given}
        try:
            fixed_count = dataset.dataset.fixed_count
        except InputError as error:
            raise error.under(path) from None
        if fixed_count is not None:
            numbers["count"] = fixed_count
        result = cls(dataset, **numbers)  # type: ignore[arg-type]  # each knob checks its own field's type
        if result.train_count < 1 or (result.train_count >= result.count and result.train_share < 1):
            raise OutOfRange(join(path, "train_share"), _NO_SHARE)
        return result

    @property
    def train_count(self) -> int:
        """How many of the points are for training."""
        return round(self.count * self.train_share)

    def to_json(self) -> Json:
        """As plain data."""
        return {**self.dataset.to_json(), **{name: getattr(self, name) for name in self.shared}}


@dataclass(frozen=True)
class LayerConfig:
    """One hidden layer."""

    units: int = _number("layers.units")
    neuron: Choice = field(default=_default(NEURONS, "linear"))
    activation: Choice = field(default=_default(ACTIVATIONS, "tanh"))
    norm: str = _number("layers.norm")
    dropout: float = _number("layers.dropout")
    residual: bool = _number("layers.residual")
    bias: bool = _number("layers.bias")

    options: ClassVar[tuple[str, ...]] = ("norm", "dropout", "residual", "bias")

    @classmethod
    def from_json(cls, data: object, path: str) -> "LayerConfig":
        """Read one element of ``layers``."""
        fields = Fields(data, path, ("units", "neuron", "activation", *cls.options))
        return cls(
            fields.number("units", FIELDS["layers.units"]),
            fields.choice("neuron", NEURONS, cls.neuron),
            fields.choice("activation", ACTIVATIONS, cls.activation),
            *(fields.number(name, FIELDS[f"layers.{name}"]) for name in cls.options),
        )

    def to_json(self) -> Json:
        """As plain data."""
        entries = {"neuron": self.neuron.to_json(), "activation": self.activation.to_json()}
        return {"units": self.units, **entries, **{name: getattr(self, name) for name in self.options}}


@dataclass(frozen=True)
class OutputConfig:
    """The output layer: its units and what comes after them go by the loss and the data."""

    neuron: Choice = field(default=_default(NEURONS, "linear"))
    bias: bool = _number("output.bias")

    @classmethod
    def from_json(cls, data: object, path: str) -> "OutputConfig":
        """Read ``output``."""
        fields = Fields(data, path, ("neuron", "bias"))
        return cls(fields.choice("neuron", NEURONS, cls.neuron), fields.number("bias", FIELDS["output.bias"]))

    def to_json(self) -> Json:
        """As plain data."""
        return {"neuron": self.neuron.to_json(), "bias": self.bias}


@dataclass(frozen=True)
class Seeds:
    """Where randomness starts: one seed for the points, one for everything else."""

    data: int = _number("seeds.data")
    run: int = _number("seeds.run")


@dataclass(frozen=True)
class Config:
    """A whole run. ``Config()`` is the default one.

    With a `forest` it is a cascade of forests instead of a network: there are no `layers`, and what means something for
    a network alone is as it is by default.
    """

    data: Data = Data()
    features: tuple[str, ...] = ("x", "y")
    layers: tuple[LayerConfig, ...] = (LayerConfig(), LayerConfig())
    output: OutputConfig = OutputConfig()
    loss: Choice = field(default=_default(LOSSES, "cross_entropy"))
    optimizer: Choice = field(default=_default(OPTIMIZERS, "adam"))
    schedule: Choice = field(default=_default(SCHEDULES, "constant"))
    init: str = _number("init")
    clip: float = _number("clip")
    batch: int = _number("batch")
    l1: float = _number("l1")
    l2: float = _number("l2")
    prune: bool = _number("prune")
    shuffle: bool = _number("shuffle")
    seeds: Seeds = Seeds()
    forest: Forest | None = None

    FIELDS: ClassVar[dict[str, Knob]] = FIELDS

    @classmethod
    def from_json(cls, data: object) -> "Config":
        """The Config that `data` describes; what is left out takes its default.

        Raises an InputError that names the path, the value and what is allowed.
        """
        known = ("data", "features", "layers", "output", "loss", "optimizer", "schedule", *NUMBERS, "seeds", "forest")
        fields = Fields(data, "", known)
        given = fields.data
        seeds = Fields(given.get("seeds", {}), "seeds", ("data", "run"))
        config = cls(
            data=Data.from_json(given["data"], "data") if "data" in given else cls.data,
            features=_features(given["features"]) if "features" in given else cls.features,
            layers=_layers(given["layers"]) if "layers" in given else cls.layers,
            output=OutputConfig.from_json(given["output"], "output") if "output" in given else cls.output,
            loss=fields.choice("loss", LOSSES, cls.loss),
            optimizer=fields.choice("optimizer", OPTIMIZERS, cls.optimizer),
            schedule=fields.choice("schedule", SCHEDULES, cls.schedule),
            **{name: fields.number(name, FIELDS[name]) for name in NUMBERS},
            seeds=Seeds(*(seeds.number(name, FIELDS[f"seeds.{name}"]) for name in ("data", "run"))),
        )
        if "loss" not in given:
            config = config._with_fitting_loss()
        config.loss.build(LOSSES).require_task(config.dataset.task, "loss")
        config._require_residual_widths()
        forest = given.get("forest")
        return config if forest is None or forest is False else config._with_forest(given)

    def to_json(self) -> Json:
        """As plain data that survives JSON; `from_json` reads it back to an equal Config."""
        return {
            "data": self.data.to_json(),
            "features": list(self.features),
            "layers": [layer.to_json() for layer in self.layers],
            "output": self.output.to_json(),
            "loss": self.loss.to_json(),
            "optimizer": self.optimizer.to_json(),
            "schedule": self.schedule.to_json(),
            **{name: getattr(self, name) for name in NUMBERS},
            "seeds": {"data": self.seeds.data, "run": self.seeds.run},
            **({} if self.forest is None else {"forest": self.forest.to_json()}),
        }

    @cached_property
    def dataset(self) -> Dataset:
        """The dataset, with its knobs set."""
        return self.data.dataset.dataset

    def changed(self, path: str, value: object) -> "Config":
        """This Config with a setting in CHANGEABLE, or a knob such as ``optimizer.momentum``, set to `value`.

        The reader's own points can change, too (OWN_CHANGEABLE), as long as the network fits them.
        """
        if path in OWN_CHANGEABLE and self.data.dataset.name == OWN:
            return self._with_own(path, value)
        if self.forest is not None:
            known = OWN_CHANGEABLE if self.data.dataset.name == OWN else ()
            raise UnknownField(path, _NOTHING_CHANGEABLE, known)
        name, dot, knob = path.partition(".")
        choice = getattr(self, name) if name in CHANGEABLE else None
        if choice is None or (dot and not (knob and isinstance(choice, Choice))):
            knobs = (f"{entry}.{each}" for entry in ("optimizer", "schedule") for each in getattr(self, entry).knobs)
            known = (*CHANGEABLE, *knobs, *(OWN_CHANGEABLE if self.data.dataset.name == OWN else ()))
            raise UnknownField(path, _NOT_CHANGEABLE, known)
        if knob:
            value = {**choice.to_json(), knob: value}
        return replace(self, **{name: CHANGEABLE[name](value, name)})

    def with_changes_of(self, other: "Config") -> "Config":
        """This Config with every changeable setting taken from `other`."""
        mixed = replace(self, **{name: getattr(other, name) for name in CHANGEABLE})
        if not self._fits(other):
            return mixed
        theirs = other.data.dataset.knobs
        knobs = {**self.data.dataset.knobs, **{name: theirs[name] for name in ("points", "names")}}
        return replace(mixed, data=replace(self.data, dataset=Choice(OWN, knobs), count=other.data.count))

    def _with_own(self, path: str, value: object) -> "Config":
        # Not by way of `to_json`: it would copy all the points that are to be replaced.
        knobs = {**self.data.dataset.knobs, **{name: getattr(self.data, name) for name in Data.shared}}
        data = Data.from_json({"name": OWN, **knobs, path.partition(".")[2]: value}, "data")
        other = replace(self, data=data)
        if not self._fits(other):
            raise OutOfRange(path, _OTHER_CLASSES, value=other.dataset.classes, classes=self.dataset.classes)
        return other

    def _fits(self, other: "Config") -> bool:
        """Whether both are of the reader's own points, with the same task and as many classes."""
        if not self.data.dataset.name == other.data.dataset.name == OWN:
            return False
        return (self.dataset.task, self.dataset.classes) == (other.dataset.task, other.dataset.classes)

    def _require_residual_widths(self) -> None:
        before = len(self.features)
        for index, layer in enumerate(self.layers):
            if layer.residual and layer.units != before:
                raise OutOfRange(f"layers[{index}].residual", _NO_RESIDUAL, units=layer.units, inputs=before)
            before = layer.units

    def _with_forest(self, given: Json) -> "Config":
        """This Config as that of a forest, which `given` asks for."""
        forest = Forest.from_json({} if given["forest"] is True else given["forest"], "forest")
        if self.dataset.task != "classification":
            raise OutOfRange("forest", _NO_VALUES)
        plain = Config(data=self.data, features=self.features, layers=(), seeds=self.seeds, forest=forest)
        for name in (*NETWORK_ALONE, *NUMBERS):
            if name in given and getattr(self, name) != getattr(plain, name):
                raise OutOfRange(name, _NO_MEANING)
        replace(FOREST_KNOBS["folds"], high=self.data.train_count).check(forest.folds, "forest.folds")
        return plain

    def _with_fitting_loss(self) -> "Config":
        fitting = (name for name in LOSSES if self.dataset.task in LOSSES[name].tasks)
        return replace(self, loss=_default(LOSSES, next(fitting)))


NETWORK_ALONE = ("layers", "output", "loss", "optimizer", "schedule")
"""What means nothing for a forest, beside NUMBERS."""

OWN = "own"
OWN_CHANGEABLE = ("data.points", "data.names")
"""What a running run on the reader's own points can change besides."""

CHANGEABLE: dict[str, Callable[[object, str], Any]] = {
    **{name: FIELDS[name].check for name in ("batch", "l1", "l2", "clip", "prune")},
    "optimizer": lambda value, path: Choice.of(OPTIMIZERS, value, path),
    "schedule": lambda value, path: Choice.of(SCHEDULES, value, path),
}
"""What a running run can change without losing its weights, with how each is read."""


def _features(data: object) -> tuple[str, ...]:
    names = _list(data, "features")
    if not names:
        raise OutOfRange("features", _NO_FEATURE)
    for index, name in enumerate(names):
        FEATURES.find(name, f"features[{index}]")
        if name in names[:index]:
            raise OutOfRange(f"features[{index}]", _SAME_FEATURE, name=name)
    return tuple(names)


def _layers(data: object) -> tuple[LayerConfig, ...]:
    layers = _list(data, "layers")
    FIELDS["depth"].check(len(layers), "layers")
    return tuple(LayerConfig.from_json(layer, f"layers[{index}]") for index, layer in enumerate(layers))


def _list(data: object, path: str) -> list[Any]:
    if not isinstance(data, list):
        raise WrongType(path, NOT_OF_TYPE, noun="a list", value=described(data))
    return data
