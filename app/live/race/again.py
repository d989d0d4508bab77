"""A race again with fresh seeds: every lane's repetitions, in pieces as small as a turn, and what they say together.

They touch nothing of the race beside them. Replicas of a lane train together, as many as memory bears. Pure; the clock
comes in. Not here: how runs are repeated (`nncore.study.repeats`), what the figures mean (`nncore.study.statistics`).
"""

import math
from collections.abc import Callable

from app.links.memory import needed
from app.links.race_link import LANES, RaceLink
from app.live.events import Repetitions, Tally
from app.live.race import repetitions
from app.settings import Settings
from nncore.config import Config
from nncore.history import COLUMNS, DENSE_EPOCHS
from nncore.study.repeats import MOST_TOGETHER, Repeats, equal_together, fresh_seeds
from nncore.study.standing import Standing, beats, standing

TELL_SECONDS = 0.25
"""How often its client is told how far it has come."""


class Again:
    """The repetitions of one race; at rest once `done`."""

    def __init__(
        self, race: RaceLink, seeds: int, fresh: str, settings: Settings, room: float, *, compress: bool = False
    ) -> None:
        """Of all replicas together, as many train at once as `room` bytes bear: at least one a lane.

        With `compress`, what shows them is as few bytes as a wire should carry.
        """
        self.race, self.seeds, self.fresh, self._compress = race, seeds, fresh, compress
        own = room / len(race.lanes)
        self._lanes = [
            Repeats(
                lane,
                fresh_seeds(lane, seeds, data=fresh == "data"),
                race.epochs,
                bar=race.bar,
                together=_together(lane, seeds, settings, own),
                record=True,
            )
            for lane in race.lanes
        ]
        self.price = sum(
            needed(lane, settings, "") * min(_together(lane, seeds, settings, own), seeds) for lane in race.lanes
        ) + len(race.lanes) * seeds * _record_bytes(race.epochs)
        """The bytes that it takes."""
        self._standings: list[Standing] = []
        self._looked: repetitions.Repetitions | None = None
        """The lane whose seeds are being looked at."""
        self._told_at = -math.inf
        self._stopped = False
        self.done = False

    @property
    def progress(self) -> float:
        """From 0 to 1."""
        return sum(lane.progress for lane in self._lanes) / len(self._lanes)

    def stop(self) -> None:
        """Train no more; what there is still counts."""
        self._stopped = True

    def advance(self, clock: Callable[[], float], deadline: float) -> list[Repetitions | Tally]:
        """Work until `deadline` by `clock`, on one batch, one surface or one lane's figures at least; what there is to
        tell.
        """
        if not self._stopped and not all(lane.done for lane in self._lanes):
            now = -math.inf
            while now < deadline and (left := [lane for lane in self._lanes if not lane.done]):
                min(left, key=lambda lane: lane.progress).advance(1)
                now = clock()
            if now < self._told_at + TELL_SECONDS:
                return []
            self._told_at = now
            return [self._tally()]
        place = len(self._standings)
        name, config, lane = LANES[place], self.race.lanes[place], self._lanes[place]
        if self._looked is None:
            self._looked = repetitions.Repetitions(name, config, lane.outcomes(), lane.histories())
        while not self._looked.done:
            self._looked.advance()
            if clock() >= deadline:
                return []
        # A lane's intervals are drawn thousands of times: one lane a turn.
        shown = Repetitions(self._looked.message(compress=self._compress))
        self._looked = None
        self._standings.append(standing(name, config, lane.outcomes(), self.race.epochs))
        self.done = len(self._standings) == len(self._lanes)
        return [shown, self._tally()] if self.done else [shown]

    def _tally(self) -> Tally:
        lanes = zip(LANES, self._lanes, strict=False)
        if self.done:
            told = [one.to_json() for one in self._standings]
        else:
            told = [{"lane": name, "progress": round(lane.progress, 4)} for name, lane in lanes]
        chance = beats(self._standings) if self.done else None
        return Tally(self.seeds, self.fresh, round(self.progress, 4), self.done, self._stopped, told, chance)


def _together(lane: Config, seeds: int, settings: Settings, room: float) -> int:
    """Replicas of `lane` that train in one pass: all, or as many as the room bears."""
    if not equal_together(lane):
        return 1
    return max(1, min(seeds, MOST_TOGETHER, int(room // needed(lane, settings, ""))))


def _record_bytes(epochs: int) -> int:
    """What the records of a run of so many epochs take, at least a little."""
    doublings = max(0, epochs.bit_length() - DENSE_EPOCHS.bit_length() + 1)
    return (min(epochs, DENSE_EPOCHS) + doublings * DENSE_EPOCHS // 2 + 1) * len(COLUMNS) * 4
