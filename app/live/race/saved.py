"""A race as one file, from which every lane goes on to the bit: its link's facts, and a snapshot of each lane.

A safetensors file: the bytes of `nncore.snapshot` under ``lane.a`` and so on, the rest as JSON in the header. It may
come from a stranger: everything in it is checked before it is used. Pure.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from app.links import race_link
from app.links.limits import load_checkpoint, saved_config
from app.links.race_link import EPOCHS, FRESH, LANES, SEEDS, SOLVED, RaceLink
from app.settings import Settings
from nncore import snapshot
from nncore.errors import BadSnapshot, InputError
from nncore.sentence import Sentence
from nncore.trainer import Trainer

KIND = "race"
VERSION = 1

MOST_BESIDE = 4_000
"""Bytes that it takes at most beside its lanes' snapshots, the page's keys included."""

_DAMAGED = Sentence("refused.damaged_race", "is not a whole checkpoint of a race: it is damaged or cut short")
_ODD_FACT = Sentence("refused.odd_race_fact", "is missing or is not what a race has there")


@dataclass(frozen=True)
class SavedRace:
    """What was saved; `build` makes the runs, and raises InputError where one of them is damaged."""

    race: RaceLink
    solved: tuple[int | None, ...]
    build: Callable[[], list[Trainer]]


def write(race: RaceLink, trainers: Sequence[Trainer], solved: Sequence[int | None]) -> bytes:
    """All that the race needs to go on elsewhere, which `read` never refuses."""
    lanes = zip(LANES, trainers, strict=False)
    tensors = {f"lane.{name}": np.frombuffer(snapshot.save(trainer), np.uint8) for name, trainer in lanes}
    body = {
        "version": VERSION,
        "epochs": race.epochs,
        "seeds": race.seeds,
        "bar": race.bar,
        "fresh": race.fresh,
        "budget": None if race.budget is None else list(race.budget),
        "solved": list(solved),
        "epoch": min(trainer.epoch for trainer in trainers),
    }
    return save(tensors, {"kind": KIND, "body": json.dumps(body)})


def read(data: bytes, settings: Settings) -> SavedRace:
    """What `write` wrote, within this server's limits. Raises InputError under `uploaded`."""
    try:
        return _read(data, settings)
    except InputError as error:
        raise error.under("uploaded") from None


def _read(data: bytes, settings: Settings) -> SavedRace:
    body = snapshot.read_body(data, KIND)
    try:
        tensors = load(data)
    except (SafetensorError, ValueError, KeyError, TypeError, OverflowError):
        raise BadSnapshot("", _DAMAGED) from None
    names = [f"lane.{name}" for name in LANES[: len(tensors)]]
    if sorted(tensors) != names or any(one.dtype != np.uint8 or one.ndim != 1 for one in tensors.values()):
        raise BadSnapshot("", _DAMAGED)
    race_link.check_count(len(names))
    parts = [tensors[name].tobytes() for name in names]
    lanes = []
    for name, part in zip(names, parts, strict=True):
        try:
            lanes.append(saved_config(part, settings))
        except InputError as error:
            raise error.under(name) from None
    race = race_link.race_of(
        lanes,
        epochs=EPOCHS.check(body.get("epochs"), "epochs"),
        seeds=SEEDS.check(body.get("seeds"), "seeds"),
        bar=SOLVED.check(body.get("bar"), "bar"),
        fresh=FRESH.check(body.get("fresh"), "fresh"),
        budget=_budget(body.get("budget")),
    )

    def build() -> list[Trainer]:
        found = []
        for name, part in zip(names, parts, strict=True):
            try:
                run = load_checkpoint(part, None, settings)
            except InputError as error:
                raise error.under(f"uploaded.{name}") from None
            assert isinstance(run, Trainer), "a race takes networks alone (`limits.check_lanes`)"
            found.append(run)
        return found

    return SavedRace(race, _solved(body.get("solved"), len(lanes)), build)


def _budget(given: Any) -> tuple[str, int] | None:
    if given is None:
        return None
    if not isinstance(given, list) or len(given) != 2:
        raise BadSnapshot("budget", _ODD_FACT)
    return race_link.read_budget(":".join(str(one)[:40] for one in given))


def _solved(given: Any, count: int) -> tuple[int | None, ...]:
    if not isinstance(given, list) or len(given) != count or not all(_is_epoch(one) for one in given):
        raise BadSnapshot("solved", _ODD_FACT)
    return tuple(given)


def _is_epoch(one: Any) -> bool:
    return one is None or (type(one) is int and 0 <= one <= snapshot.LARGEST_COUNT)
