"""An entry as plain data, its name with its knobs beside it; and the reader of objects that hold such choices.

Not here: which choices and numbers a run has (`nncore.config`), nor what a knob allows (`nncore.spec`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from nncore.datasets import DATASETS, Dataset
from nncore.errors import MissingField, UnknownField, join
from nncore.registry import Entry, Registry
from nncore.sentence import Sentence
from nncore.spec import NO_FIELD, Knob, Value, plain, require_object

_NAMELESS = Sentence("refused.nameless", "must name a {kind}")

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Choice:
    """An entry by name, with all of its knobs."""

    name: str
    knobs: Mapping[str, Value] = field(default_factory=dict)

    @classmethod
    def of(cls, registry: Registry[Any], data: object, path: str) -> "Choice":
        """Read ``"tanh"`` or ``{"name": "leaky_relu", "slope": 0.2}``."""
        given = {"name": data} if isinstance(data, str) else require_object(data, path)
        if "name" not in given:
            raise MissingField(join(path, "name"), _NAMELESS, registry.names(), kind=registry.kind)
        entry = registry.find(given["name"], join(path, "name") if isinstance(data, dict) else path)
        knobs = {key: value for key, value in given.items() if key != "name"}
        return cls(entry.spec.name, entry.spec.check(knobs, path))

    def build(self, registry: Registry[E]) -> E:
        """The entry itself, with its knobs set."""
        entry = registry.find(self.name)
        if len(self.knobs) == len(entry.spec.knobs):
            # All have been checked: points may be thousands.
            return entry(**self.knobs)
        return registry.build(self.name, self.knobs)

    @cached_property
    def dataset(self) -> Dataset:
        """The dataset, where this is the choice of one: built once, for its points may be thousands."""
        dataset: Dataset = self.build(DATASETS)
        return dataset

    def to_json(self) -> dict[str, Any]:
        """As plain data: the name, and the knobs beside it."""
        return {"name": self.name, **{name: plain(value) for name, value in self.knobs.items()}}


class Fields:
    """Reads the fields of one JSON object, so that each error names its path.

    Raises an InputError for what is no object, and for a field that is not `known`.
    """

    def __init__(self, data: object, path: str, known: tuple[str, ...]) -> None:
        self.data, self.path = require_object(data, path), path
        for key in self.data:
            if key not in known:
                raise UnknownField(join(path, key), NO_FIELD, known)

    def number(self, name: str, knob: Knob) -> Any:
        """The number, or whatever else the knob holds; its default where the object has none."""
        return knob.check(self.data.get(name, knob.default), join(self.path, name))

    def choice(self, name: str, registry: Registry[Any], default: Choice) -> Choice:
        """The entry that is chosen; `default` where the object names none."""
        return Choice.of(registry, self.data[name], join(self.path, name)) if name in self.data else default
