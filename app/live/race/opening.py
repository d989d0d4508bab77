"""A race from a `race` command: by a link, by its lanes' Configs, or as it was saved; checked before it is built.

Pure. Not here: the race (`race`), how its link is written (`app.links.race_link`), the memory it takes
(`app.live.account`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.links import race_link
from app.links.limits import check_lanes, within_limits
from app.links.race_link import EPOCHS, FRESH, LANES, SEEDS, SOLVED, RaceLink
from app.live.commands import BudgetFields, Race
from app.live.race import saved
from app.live.race.saved import SavedRace
from app.live.upload import Upload
from app.settings import Settings
from nncore.config import Config
from nncore.errors import InputError, MissingField, OutOfRange
from nncore.footprint import checkpoint_bytes
from nncore.sentence import Sentence
from nncore.study.budget import Budgeted
from nncore.trainer import Trainer

_NO_RACE = Sentence("refused.nothing_to_race", "race needs a link, lanes or a checkpoint that has come up, one of them")
_CHECKPOINTS = Sentence(
    "refused.race_checkpoint",
    "the lanes together would need checkpoints of {value} bytes, more than the {high} of this server; make their "
    "layers smaller, or race fewer",
)


@dataclass(frozen=True)
class Start:
    """What a race begins with: what was asked for, the nearest widths under its budget, and the runs."""

    race: RaceLink
    near: tuple[Budgeted | None, ...]
    build: Callable[[], list[Trainer]]
    solved: tuple[int | None, ...]
    resumed: bool


def requested_race(command: Race, upload: Upload, settings: Settings) -> Start:
    """What `command` asks for, within this server's limits; nothing is built yet. Raises InputError with its path."""
    given = [command.link is not None, command.lanes is not None, command.uploaded is not None]
    if sum(given) != 1:
        raise MissingField("link", _NO_RACE, ("link", "lanes", "uploaded"))
    if command.uploaded is not None:
        found = saved.read(upload.take(command.uploaded), settings)
        return _start(found.race, settings, found)
    upload.forget()
    race = _by_link(command.link) if command.link is not None else _by_lanes(command)
    return _start(race, settings, None)


def _start(race: RaceLink, settings: Settings, found: SavedRace | None) -> Start:
    # What was saved has the widths of its budget.
    met, near = within_limits(race, settings)
    race = met if found is None else race
    check_lanes(race.lanes, settings)
    race_link.check_tasks(race.lanes)
    needed = sum(checkpoint_bytes(lane) for lane in race.lanes) + saved.MOST_BESIDE
    if needed > settings.checkpoint_bytes:
        raise OutOfRange("lanes", _CHECKPOINTS, value=needed, high=settings.checkpoint_bytes)
    if found is None:
        lanes = race.lanes
        return Start(race, near, lambda: [Trainer(lane) for lane in lanes], (None,) * len(lanes), resumed=False)
    return Start(race, near, found.build, found.solved, resumed=True)


def _by_link(text: str) -> RaceLink:
    return race_link.read(text)


def _by_lanes(command: Race) -> RaceLink:
    assert command.lanes is not None
    lanes = _configs(command.lanes)
    return race_link.race_of(
        lanes,
        epochs=EPOCHS.check(command.epochs, "epochs"),
        seeds=SEEDS.check(command.seeds, "seeds"),
        bar=SOLVED.check(command.bar, "bar"),
        fresh=FRESH.check(command.fresh, "fresh"),
        budget=_budget(command.budget),
    )


def _configs(given: Sequence[dict[str, Any]]) -> list[Config]:
    # More than may race are not even read.
    race_link.check_count(len(given))
    lanes = []
    for name, one in zip(LANES, given, strict=False):
        try:
            lanes.append(Config.from_json(one))
        except InputError as error:
            raise error.under(f"lanes.{name}") from None
    return lanes


def _budget(given: BudgetFields | None) -> tuple[str, int] | None:
    return None if given is None else race_link.read_budget(f"{given.measure}:{given.target}")
