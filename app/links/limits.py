"""What this server trains, beyond the ranges that nncore checks: links and checkpoints, read within its limits.

Pure. Whatever comes from outside (a link, a checkpoint, a config) passes here before anything is built from it. Not
here: the live command that brings it (`app.live.opening`).
"""

from collections.abc import Sequence
from dataclasses import replace

from app.links import memory_link, race_link, tensorflow_playground
from app.links.link import Link
from app.links.memory import needed
from app.links.race_link import LANES, RaceLink
from app.settings import Settings
from nncore import learner, snapshot
from nncore.config import Config
from nncore.errors import InputError, OutOfRange, join
from nncore.forest.growing import require
from nncore.forest.settings import Forest
from nncore.learner import AnyLearner
from nncore.sentence import Sentence
from nncore.study.budget import Budgeted, budgeted

_TOO_MANY_LAYERS = Sentence(
    "refused.server_layers", "must have at most {high} {high:layer|layers} on this server, not {value}"
)
_TOO_MANY = Sentence("refused.server_limit", "must be at most {high} on this server, not {value}")
_NO_FOREST = Sentence("refused.no_forest_in_race", "cannot race yet; the command line's race and study compare it")
_TOO_MANY_SURFACES = Sentence(
    "refused.many_surfaces",
    "must have at most {high} surfaces in a level on this server, one for each forest, or for "
    "each of its classes where there are more than two, not {value}",
)
_TOO_MANY_CLASSES = Sentence("refused.server_classes", "must have at most {high} classes on this server, not {value}")


def check_limits(config: Config, settings: Settings, path: str) -> None:
    """Raise OutOfRange where `config` is larger than this server trains, or takes more memory than it gives."""
    check_sizes(config, settings, path)
    needed(config, settings, path)


def check_sizes(config: Config, settings: Settings, path: str) -> None:
    """Raise OutOfRange where a number in `config` is larger than this server's."""
    if config.forest is not None:
        _check_forest(config, config.forest, settings, join(path, "forest"))
    depth, count = len(config.layers), config.data.count
    if depth > settings.layers:
        raise OutOfRange(join(path, "layers"), _TOO_MANY_LAYERS, high=settings.layers, value=depth)
    for index, layer in enumerate(config.layers):
        if layer.units > settings.units:
            raise OutOfRange(join(path, f"layers[{index}].units"), _TOO_MANY, high=settings.units, value=layer.units)
    classes = config.dataset.classes
    if classes > settings.classes:
        raise OutOfRange(join(path, "data"), _TOO_MANY_CLASSES, high=settings.classes, value=classes)
    if count > settings.points:
        raise OutOfRange(join(path, "data.count"), _TOO_MANY, high=settings.points, value=count)


def _check_forest(config: Config, forest: Forest, settings: Settings, path: str) -> None:
    """Its levels are a network's layers here, its surfaces a layer's units."""
    require(path)
    if forest.levels > settings.layers:
        raise OutOfRange(join(path, "levels"), _TOO_MANY, high=settings.layers, value=forest.levels)
    surfaces, most = forest.surfaces(config.dataset.classes), max(settings.units, settings.classes)
    if surfaces > most:
        raise OutOfRange(path, _TOO_MANY_SURFACES, high=most, value=surfaces)


def read_link(text: str, settings: Settings) -> Link:
    """What the link `text` asks of this server; raises InputError whose path is the key in it."""
    link = tensorflow_playground.read(text)
    try:
        check_limits(link.config, settings, "")
    except InputError as error:
        raise link.seen(error) from None
    check_target(link.epochs, settings)
    return link


def read_race(text: str, settings: Settings) -> RaceLink:
    """What the race's link `text` asks of this server, its budget met by layers that are no wider than here allowed.

    Raises InputError whose path is the key in it, or that of a lane's Config.
    """
    return within_limits(race_link.read(text), settings)[0]


def check_query(text: str, settings: Settings, *, kind: str) -> None:
    """Raise InputError where the query `text` is no link that this server opens: of a `run`, a `race` or a `memory`."""
    if kind == "race":
        read_race(text, settings)
    elif kind == "memory":
        check_target(memory_link.read(text).at, settings, "at")
    else:
        read_link(text, settings)


def within_limits(race: RaceLink, settings: Settings) -> tuple[RaceLink, tuple[Budgeted | None, ...]]:
    """The `race` as this server trains it, and how near each lane comes to the budget: None without one, and where it
    has no layer to widen. Raises InputError.
    """
    near = tuple(
        None if race.budget is None or not lane.layers else budgeted(lane, *race.budget, widest=settings.units)
        for lane in race.lanes
    )
    lanes = tuple(one.config if one else lane for one, lane in zip(near, race.lanes, strict=True))
    check_lanes(lanes, settings)
    check_target(race.at, settings, "at")
    return replace(race, lanes=lanes), near


def check_lanes(lanes: Sequence[Config], settings: Settings) -> None:
    """Raise OutOfRange where one of the lanes is larger than this server trains."""
    for name, lane in zip(LANES, lanes, strict=False):
        if lane.forest is not None:
            raise OutOfRange(f"lanes.{name}.forest", _NO_FOREST)
        check_limits(lane, settings, f"lanes.{name}")


def saved_config(data: bytes, settings: Settings) -> Config:
    """The Config in a checkpoint, within the limits; nothing else of it is read. Raises InputError."""
    config = Config.from_json(snapshot.read_body(data, snapshot.KIND).get("config"))
    check_limits(config, settings, "config")
    return config


def load_checkpoint(data: bytes, config: Config | None, settings: Settings) -> AnyLearner:
    """The run that a checkpoint holds, with the changeable settings of `config`; raises InputError."""
    # Weighed before anything is built: what is inside may ask for more memory than there is.
    saved_config(data, settings)
    return learner.load(data, config)


def check_target(epochs: int, settings: Settings, path: str = "epochs") -> None:
    """Raise OutOfRange where so many epochs are more than this server replays."""
    if epochs > settings.replay_epochs:
        raise OutOfRange(path, _TOO_MANY, high=settings.replay_epochs, value=epochs)
