"""Whether a run fits into the memory of a session here, and in which sentence it is refused where it does not.

Nothing is built to find out (`nncore.footprint`). Not here: how many there are (`limits`), nor what else is taken of
a host's memory (`app.hosts.host`).
"""

from dataclasses import replace

from app.errors import NoRoom
from app.settings import Settings
from nncore.choice import Choice
from nncore.config import Config
from nncore.errors import InputError, OutOfRange, join
from nncore.footprint import UNSEEN, View, checkpoint_bytes, footprint, parameter_bytes
from nncore.forest import footprint as forests
from nncore.sentence import Sentence
from nncore.spec import Points

_SESSION = {
    "network": Sentence(
        "refused.memory_network",
        "needs about {value} MB, more than the {high} MB that a session may use on this server; use "
        "smaller layers or smaller neuron settings",
    ),
    "batch": Sentence(
        "refused.memory_batch",
        "needs about {value} MB, more than the {high} MB that a session may use on this server, most of "
        "it for the batch: use a smaller batch or smaller layers",
    ),
    "points": Sentence(
        "refused.memory_points",
        "needs about {value} MB, more than the {high} MB that a session may use on this server, most of "
        "it for the points: use fewer points or smaller layers",
    ),
    "pixels": Sentence(
        "refused.memory_pixels",
        "needs about {value} MB, more than the {high} MB that a session may use on this server, most of "
        "it for the pictures: ask for fewer pixels or use smaller layers",
    ),
}
_HOST = Sentence(
    "refused.memory_taken",
    "needs about {value} MB, but other sessions leave only {high} MB on this server; make it smaller "
    "or try again later",
)
_TOGETHER = Sentence(
    "refused.memory_lanes",
    "need about {value} MB together, more than the {high} MB of a session on this server; make their layers smaller, "
    "or race fewer",
)
_CHECKPOINT = Sentence(
    "refused.checkpoint_size",
    "needs checkpoints of {value} bytes, more than the {high} that this server allows; use smaller "
    "layers or smaller neuron settings",
)
_FOREST = Sentence(
    "refused.memory_forest",
    "could grow to {value} MB, more than the {high} MB that this server allows; use fewer or less deep trees, fewer "
    "levels or fewer points",
)
PLACES = {"network": "layers", "batch": "batch", "points": "data.count"}
"""The field that is named for what takes most; pictures are no part of a Config."""

MEGABYTE = 1_000_000


def needed(config: Config, settings: Settings, path: str, view: View = UNSEEN) -> int:
    """The bytes of a run of `config` that is looked at like this.

    Raises OutOfRange where that is more than one session may take, or where its checkpoints could be too long.
    """
    high = settings.session_room()
    if config.forest is not None:
        return _forest_needed(config, settings, path, view)
    # Weighed before anything is measured: the parameters alone may be more than there is memory.
    if parameter_bytes(config) > high:
        raise _too_much("network", parameter_bytes(config), high, path)
    checkpoint = checkpoint_bytes(config)
    if checkpoint > settings.checkpoint_bytes:
        high = settings.checkpoint_bytes
        raise OutOfRange(join(path, "layers"), _CHECKPOINT, value=checkpoint, high=high)
    found = footprint(config, view)
    if found.total > high:
        raise _too_much(found.largest, found.total, high, path)
    return found.total


def _forest_needed(config: Config, settings: Settings, path: str, view: View) -> int:
    place = join(path, "forest")
    checkpoint, high = forests.checkpoint_bytes(config), settings.checkpoint_bytes
    if checkpoint > high:
        raise OutOfRange(place, _FOREST, value=_megabytes(checkpoint), high=_megabytes(high))
    total, high = forests.footprint(config, view).total, settings.session_room()
    if total > high:
        raise OutOfRange(place, _FOREST, value=_megabytes(total), high=_megabytes(high))
    return total


def takes_as_much(config: Config, changed: Config) -> bool:
    """Whether a run takes as much after a change that keeps its network: of as many points, the same batch."""

    def sizes(one: Config) -> tuple[object, ...]:
        return one.data.count, one.data.train_count, one.batch, one.optimizer.name

    return sizes(config) == sizes(changed)


def roomier(config: Config, more: int) -> Config:
    """`config` with so many own points more, each as long as numbers are written: to be weighed, never trained."""
    knobs, data = config.data.dataset.knobs, config.data
    points: Points = knobs["points"]  # type: ignore[assignment]  # of this kind alone
    longest = (0.12345678901234567, -0.12345678901234567, 0.0)
    grown = Choice(data.dataset.name, {**knobs, "points": points + (longest,) * more})
    return replace(config, data=replace(data, dataset=grown, count=data.count + more))


def no_room(bytes_needed: int, bytes_free: float, path: str) -> NoRoom:
    """What is said where a host has no more than `bytes_free` left."""
    return NoRoom(path, _HOST, value=_megabytes(bytes_needed), high=_megabytes(max(0, bytes_free)))


def too_much_together(value: int, high: int) -> InputError:
    """What is said where the lanes of a race are too much for one session."""
    return OutOfRange("lanes", _TOGETHER, value=_megabytes(value), high=_megabytes(high))


def _too_much(part: str, value: int, high: int, path: str) -> InputError:
    place = join(path, PLACES[part]) if part in PLACES else ""
    return OutOfRange(place, _SESSION[part], value=_megabytes(value), high=_megabytes(high))


def _megabytes(count: float) -> float:
    return float(f"{count / MEGABYTE:.3g}")
