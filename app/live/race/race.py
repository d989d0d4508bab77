"""The race as a pure machine beside the session: two to six lanes under one clock, before one viewer.

Every lane is a run like a session's, with a screen of its own; all are trained as one, in step by epochs (`field`), by
the same playback, and one lane's picture is painted at a time. Each lane learns to the bit what it would alone. Not
here: what every machine does (`app.live.machine`), how a race is made (`opening`), repetitions (`again`).
"""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.errors import OutOfOrder
from app.links import link as links
from app.links import race_link
from app.links.race_link import FRESH, LANES, SEEDS, RaceLink
from app.live import commands
from app.live.account import Account
from app.live.events import Checkpoint, Frame, LinedUp, Notice, Standing
from app.live.machine import Machine, Outgoing, Training
from app.live.opening import points
from app.live.playback import Playback
from app.live.race import saved
from app.live.race.again import Again
from app.live.race.field import Field
from app.live.race.finish import FINISHED, Finish
from app.live.race.lane import Lane
from app.live.race.opening import Start, requested_race
from app.live.screen import Screen
from app.live.stopwatch import Stopwatch
from app.live.viewer import Numbers, Viewer, ViewSettings, require_shown
from app.settings import Settings
from nncore.config import Config
from nncore.errors import InputError
from nncore.sentence import Sentence
from nncore.trainer import Trainer

_NOTHING_OPEN = Sentence("refused.nothing_lined_up", "nothing is lined up yet; send race with a link or lanes first")
_NOT_IN_A_RACE = Sentence("refused.not_in_a_race", "a race does not know {value}: send another race instead")
_NOT_SHOWN = Sentence("refused.not_shown_in_a_race", "is not shown in a race; a session shows it")
_NOBODY_LEFT = Sentence("say.race_lost", "Every lane has diverged: the race is over at epoch {epoch}.")
_NONE_RUNS = Sentence("refused.none_runs", "every lane has diverged; reset the race, or send another")
_NO_REPEATS = Sentence("refused.no_repeats", "there are no repetitions to stop")


class Race(Machine):
    """Lanes and who watches them. Nothing but `race` is obeyed before the first `race`."""

    def __init__(self, name: str, settings: Settings, clock: Callable[[], float], account: Account) -> None:
        """`account` is the client's."""
        super().__init__(name, settings, clock, account)
        self._race: RaceLink | None = None
        self._field = Field(())
        self._playback: Playback[Field] = Playback(clock)
        self._numbers = Numbers()
        self._view = Viewer(settings)
        self._shown: Lane | None = None
        """Whose picture is being painted."""
        self._again: Again | None = None
        self._race_price = 0
        self._settling = False
        """Whether a picture of every lane as it now rests, and then a checkpoint, are owed."""

    @property
    def is_open(self) -> bool:
        """Whether lanes have been lined up."""
        return self._race is not None

    @property
    def painting(self) -> bool:
        """Whether a lane's picture is begun and not yet done."""
        return self._shown is not None

    def prompted(self) -> bool:
        """Whether a frame of any lane is owed that was asked for."""
        return any(lane.screen.prompted for lane in self._field.lanes)

    def advance(self, seconds: float, load: float = 0.0, training: Training = "alone") -> list[Outgoing]:
        """Work for about `seconds`: pictures that were asked for, training, pictures that are due, repetitions."""
        out: list[Outgoing] = [*self._given_up()]
        if not self.is_open:
            return out
        deadline = self._clock() + seconds
        out += self._show_what_is_owed(load)
        if self.painting:
            return out
        if self._playback.training:
            # A race at full speed would leave its repetitions nothing.
            shares = self._again is not None and self._playback.speed is None
            out += self._train(deadline - seconds / 2 if shares else deadline, seconds)
        if self._shown is None and (lane := self._next_to_show()) is not None:
            out += self._paint(lane, load)
        if self._again is not None and self._shown is None:
            out += self._repeat(deadline)
        return out

    def _due(self) -> float:
        if not self.is_open:
            return math.inf
        pictures = min(due for due, _ in self._pictures_due())
        if self.painting:
            return pictures
        if self._again is not None:
            return -math.inf
        seconds = min(lane.screen.picture_seconds for lane in self._field.lanes)
        training_due = self._playback.due(self._field.steps_per_epoch, seconds)
        return min(pictures, training_due, -math.inf if self._settling else math.inf)

    def _obey(self, command: commands.Command) -> list[Outgoing]:
        if isinstance(command, commands.Race):
            return self._line_up(command)
        if not self.is_open:
            raise OutOfOrder("type", _NOTHING_OPEN)
        if isinstance(command, (commands.Play, commands.Step)) and not self._field.running:
            raise OutOfOrder("type", _NONE_RUNS)
        match command:
            case commands.Play():
                self._playback.play(self._field)
            case commands.Pause():
                self._playback.stop()
                return self._settle()
            case commands.Reset():
                return self._reset()
            case commands.Step():
                self._playback.step(command.epochs, self._field.epoch)
            case commands.Speed():
                self._playback.limit(command.epochs_per_second)
            case commands.View():
                self._look(command)
            case commands.Repeat():
                return self._begin_again(command)
            case commands.Checkpoint():
                return [self._checkpoint()]
            case commands.Ack():
                for lane in self._field.lanes:
                    lane.screen.viewer.acknowledge(command.frame)
            case _:
                raise OutOfOrder("type", _NOT_IN_A_RACE, value=type(command).__name__.lower())
        return []

    def _line_up(self, command: commands.Race) -> list[Outgoing]:
        start = requested_race(command, self.account.upload, self._settings)
        try:
            view = self._wanted(command.view)
        except InputError as error:
            raise error.under("view") from None
        price = self._price(start.race, view)
        trainers = start.build()
        self.account.pay(price)
        self._race_price = price
        self._race, self._again, self._shown = start.race, None, None
        self._field = Field([self._lane(*one, start) for one in enumerate(trainers)])
        self._playback.stop()
        self._show(view)
        for lane in self._field.lanes:
            lane.screen.start()
        said = links.page_part(start.race.page)
        if "speed" in command.model_fields_set or said["speed"] is not None:
            self._playback.limit(command.speed if "speed" in command.model_fields_set else said["speed"])
        self._playback.until = Finish(start.race.epochs)
        # The checkpoint of a race that was shown from another epoch on goes on from where it is.
        target = command.target or (0 if start.resumed else start.race.at)
        self._race = replace(start.race, at=0)
        self._begin(target, play=command.play or said["play"])
        return [self._lined_up(start), *(one for lane in self._field.lanes for one in lane.news())]

    def _lane(self, place: int, trainer: Trainer, start: Start) -> Lane:
        name = LANES[place]
        watch = Stopwatch(self._clock)
        screen = Screen(self._settings, self._clock, self._playback, lane=name, numbers=self._numbers, watch=watch)
        lane = Lane(name, trainer, screen, start.race.bar, watch, start.solved[place])
        if lane.running:
            lane.look()
        return lane

    def _begin(self, target: int | None, *, play: bool) -> None:
        """Train to the end of the epoch `target`, if that is ahead, then play or rest."""
        if not self._field.running:
            return
        if target is not None and target > self._field.epoch:
            self._playback.aim(target, then_play=play)
        elif play:
            self._playback.play(self._field)

    def _lined_up(self, start: Start) -> LinedUp:
        race, field = start.race, self._field
        measure, target = race.budget or (None, None)
        budget = {
            "measure": measure,
            "target": target,
            "lanes": [
                None if one is None else {"size": one.size, "width": one.width, "near": one.is_near}
                for one in start.near
            ],
        }
        return LinedUp(
            session=self.name,
            link=race_link.write(replace(race, at=0)),
            page=dict(race.page),
            lanes=[
                lane.to_json(
                    links.write(config), points(lane.trainer) if _data(config) != _data(race.lanes[0]) else None
                )
                for lane, config in zip(field.lanes, race.lanes, strict=True)
            ],
            differences=race_link.differences(race.lanes),
            points=points(field.lanes[0].trainer),
            epochs=race.epochs,
            seeds=race.seeds,
            bar=race.bar,
            fresh=race.fresh,
            budget=budget if race.budget else None,
            resumed=start.resumed,
            epoch=field.epoch,
            playing=self._playback.playing,
            target=self._playback.target,
            speed=self._playback.speed,
            view=self._view.view.to_json(),
        )

    def _wanted(self, fields: commands.ViewFields | None) -> ViewSettings:
        require_shown(fields, _NOT_SHOWN)
        return self._view.wanted(fields, [])

    def _look(self, command: commands.View) -> None:
        assert self._race is not None
        view = self._wanted(command)
        price = self._price(self._race, view)
        self.account.pay(price + (0 if self._again is None else self._again.price))
        self._race_price = price
        self._show(view)

    def _show(self, view: ViewSettings) -> None:
        self._view.set_view(view)
        for lane in self._field.lanes:
            lane.screen.set_view(view)

    def _price(self, race: RaceLink, view: ViewSettings) -> int:
        """What the lanes take together, looked at like this. Raises InputError where there is no room for them."""
        lanes = zip(LANES, race.lanes, strict=False)
        return self.account.price_of([(f"lanes.{name}", lane) for name, lane in lanes], view)

    def _reset(self) -> list[Outgoing]:
        for lane in self._field.lanes:
            lane.reset()
        self._playback.again()
        if not self._field.running:
            self._playback.stop()
        return [*self._news(), *self._settle()]

    def _news(self) -> list[Standing]:
        return [one for lane in self._field.lanes for one in lane.news()]

    def _settle(self) -> list[Outgoing]:
        """A picture of every lane, as soon as there is room for it, and a checkpoint."""
        for lane in self._field.lanes:
            lane.screen.viewer.prompt()
        self._settling = True
        return self._show_what_is_owed(0.0)

    def _show_what_is_owed(self, load: float) -> list[Outgoing]:
        out: list[Outgoing] = []
        if self._shown is not None:
            out += self._paint(self._shown, load)
        if not self.painting:
            owed = next((lane for lane in self._field.lanes if lane.screen.prompted), None)
            if owed is not None:
                out += self._paint(owed, load)
            elif self._settling:
                self._settling = False
                out.append(self._checkpoint())
        return out

    def _finish_picture(self) -> list[Outgoing]:
        out: list[Outgoing] = []
        while self._shown is not None:
            out += self._paint(self._shown, 0.0)
        return out

    def _next_to_show(self) -> Lane | None:
        """The lane whose picture has been due for longest."""
        due, lane = min(self._pictures_due(), key=lambda one: one[0])
        return lane if due <= self._clock() else None

    def _pictures_due(self) -> list[tuple[float, Lane]]:
        """When each lane's next picture is due."""
        behind = self._playback.behind(self._field.steps_per_epoch)
        return [(lane.screen.due(lane.trainer, behind=behind), lane) for lane in self._field.lanes]

    def _paint(self, lane: Lane, load: float) -> list[Frame]:
        resting = self._settling or not self._playback.training
        out = lane.screen.paint(lane.trainer, load, self._steered, resting=resting)
        self._shown = lane if lane.screen.painting else None
        return out

    def _finished(self) -> Notice:
        return Notice.of(FINISHED, stops=True, epoch=self._field.epoch)

    def _train(self, deadline: float, seconds: float) -> list[Outgoing]:
        begun = self._clock()
        came = self._playback.train(self._field, deadline, seconds)
        now = self._clock()
        for lane in self._field.lanes:
            lane.screen.viewer.trained((now - begun) / len(self._field.lanes))
        out: list[Outgoing] = [*self._news()]
        if not self._field.running:
            self._playback.stop()
            return [*out, Notice.of(_NOBODY_LEFT, stops=True, epoch=self._field.epoch), *self._settle()]
        if came:
            self._playback.stop()
            return [*out, self._finished(), *self._settle()]
        if self._playback.arrives(self._field):
            assert self._race is not None, "it trains"
            ends = not self._playback.playing and self._field.epoch == self._race.epochs
            return [*out, *([self._finished()] if ends else []), *self._settle()]
        if (unwatched := self._unwatched(now)) is not None:
            self._playback.stop()
            if self._again is not None:
                self._again.stop()
            return [*out, unwatched, *self._settle()]
        return [*out, self._checkpoint()] if self._checkpoint_is_due(now, self._playback.begun_at) else out

    def _begin_again(self, command: commands.Repeat) -> list[Outgoing]:
        assert self._race is not None
        if command.seeds is None:
            if self._again is None:
                raise OutOfOrder("seeds", _NO_REPEATS)
            self._again.stop()
            return []
        seeds: Any = SEEDS.check(command.seeds, "seeds")
        fresh = str(FRESH.check(command.fresh, "fresh"))
        room = self.account.room() - self._race_price
        compress = self._view.view.compress
        again = Again(self._race, seeds, fresh, self._settings, room, compress=compress)
        self.account.afford(self._race_price + again.price, "")
        self.account.pay(self._race_price + again.price)
        self._again = again
        return []

    def _repeat(self, deadline: float) -> list[Outgoing]:
        assert self._again is not None
        told: list[Outgoing] = [*self._again.advance(self._clock, deadline)]
        if self._again.done:
            self._again = None
            self.account.pay(self._race_price)
        return told

    def _rest(self) -> None:
        self._playback.stop()
        self._again = self._shown = None
        for lane in self._field.lanes:
            lane.screen.clear()

    def _checkpoint(self) -> Checkpoint:
        assert self._race is not None
        self._saved_at = self._clock()
        lanes = self._field.lanes
        return Checkpoint(saved.write(self._race, [one.trainer for one in lanes], [one.solved for one in lanes]))


def _data(config: Config) -> tuple[object, ...]:
    """What a run's points come from."""
    return config.data, config.seeds.data
