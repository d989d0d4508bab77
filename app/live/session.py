"""One session as a pure machine: commands in as text, events and binary messages out; one network, one viewer.

`obey(order)` obeys or refuses; `advance(seconds)` trains and paints for about that long on the injected clock, a large
picture over several turns; `due()` says when the next turn is wanted, so an idle host can sleep. A refused message
changes nothing. No socket, no process, no wall clock. Not here: who gets a turn (`app.hosts.turns`), how messages wait
for it (`inbox`), how a run is made (`opening`).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from operator import getitem
from typing import Any
from weakref import WeakSet

from app.errors import NoRoom, OutOfOrder
from app.links import link as links
from app.links.limits import check_sizes
from app.links.link import Link
from app.links.memory import takes_as_much
from app.links.moment import Moment, check_moment
from app.live import commands
from app.live.account import Account
from app.live.answers import Answers
from app.live.events import Changed, Checkpoint, Diverged, Event, Frame, Notice, Opened, Pong, Refused
from app.live.inbox import Order, read
from app.live.opening import build, checkpoint_of, config_of, layout, points, requested_run, reusable_run
from app.live.playback import Playback
from app.live.screen import Screen
from app.live.until import Until
from app.live.upload import UPLOAD, Part
from app.settings import Settings
from nncore import snapshot
from nncore.editing import edit
from nncore.errors import InputError
from nncore.gradcheck import GradientCheck
from nncore.remedies import advice, calming
from nncore.sentence import Sentence
from nncore.trainer import Trainer

_RESTARTING = Sentence("say.restarting", "The server is restarting. This goes on by itself in a moment.")
_UNWATCHED = Sentence("say.unwatched", "Paused: nobody has watched for {seconds} seconds. Press play to go on.")
_NOTHING_OPEN = Sentence("refused.nothing_open", "nothing is open yet; send open with a config first")


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """There is no memory here for what a newcomer wants to open; nothing has been opened."""


Outgoing = Event | Frame | Checkpoint | TurnedAway
"""What is for the client; or a last word, to the host."""


class Session:
    """A network and who watches it. Nothing but `open` is obeyed before the first `open`."""

    def __init__(
        self,
        name: str,
        settings: Settings,
        clock: Callable[[], float],
        checks: "WeakSet[GradientCheck] | None" = None,
        room: Callable[[Account], float] = lambda _: math.inf,
    ) -> None:
        """`clock` gives seconds; only differences matter. `checks` is shared by all sessions of a host (`Answers`);
        `room` is the memory that it has for this one (`Account`).
        """
        self.name = name
        self.account = Account(settings, room)
        self._settings = settings
        self._clock = clock
        self._trainer: Trainer | None = None
        self._answers = Answers(checks)
        self._playback = Playback(clock)
        self._screen = Screen(settings, clock, self._playback)
        self._settling = False
        """Whether a picture of the run as it now rests, and then a checkpoint, are owed."""
        self._saved_at = self._heard_at = clock()

    @property
    def painting(self) -> bool:
        """Whether a picture is begun and not yet done."""
        return self._screen.painting

    def receive(self, message: str | bytes) -> list[Outgoing]:
        """Read and obey one message; what cannot be obeyed is answered by `refused`."""
        return self.obey(read(message, self._settings.message_bytes))

    def obey(self, order: Order) -> list[Outgoing]:
        """The same for a message that has been read."""
        if order.command is None:
            assert order.error is not None
            return [self._refused(order.error, order.name)]
        if isinstance(order.command, commands.Ping):
            # A forgotten page asks too: this alone is no sign of somebody watching.
            return [Pong()]
        self._heard_at = self._clock()
        out = self._finish_picture() if order.alters_the_picture else []
        try:
            if isinstance(order.command, Part):
                self.account.take_up(order.command.data, self._heard_at)
                return out
            return out + self._obey(order.command)
        except InputError as error:
            return [*out, self._refused(error, order.name)]

    def _refused(self, error: InputError, name: str) -> Refused | TurnedAway:
        if name == UPLOAD:
            self.account.upload.spoil(error)
        # A newcomer has nothing to lose and may find room elsewhere; a run goes on as it is.
        if isinstance(error, NoRoom) and self._trainer is None:
            return TurnedAway()
        return Refused.of(error, name)

    def shut_down(self) -> list[Outgoing]:
        """The server shuts down: a reason, and what the run needs to go on elsewhere. Nothing is trained any more."""
        notice = Notice.of(_RESTARTING)
        self._playback.stop()
        self._screen.clear()
        return [notice] if self._trainer is None else [notice, self._checkpoint(self._trainer)]

    def advance(self, seconds: float, load: float = 0.0) -> list[Outgoing]:
        """Work for about `seconds`: paint what was asked for, train, paint what is due.

        `load` is the host's, for the frames to tell.
        """
        trainer = self._trainer
        out: list[Outgoing] = [*self._given_up()]
        if trainer is None:
            return out
        deadline = self._clock() + seconds
        out += self._show_what_is_owed(trainer, load)
        if self.painting:
            return out
        if self._answers.pending:
            out += self._answers.advance(trainer, self._clock, (self._clock() + deadline) / 2)
        if self._playback.training:
            out += self._train(trainer, deadline, seconds)
        if not self._screen.painting and self._screen.due(trainer) <= self._clock():
            out += self._paint(trainer, load)
        return out

    def due(self) -> float | None:
        """The moment from which a turn is wanted; None while there is nothing to do."""
        moment = min(self.account.upload.due(), self._due(self._trainer))
        return None if moment == math.inf else moment

    def _given_up(self) -> list[Refused]:
        """What has come up and stayed a piece for too long is dropped, with a word."""
        upload = self.account.upload
        late = upload.expire(self._clock()) if upload.nbytes else None
        return [] if late is None else [Refused.of(late, UPLOAD)]

    def _due(self, trainer: Trainer | None) -> float:
        if trainer is None:
            return math.inf
        if self.painting:
            return self._screen.due(trainer)
        return min(self._screen.due(trainer), self._playback.due(trainer.steps_per_epoch), self._answers.due)

    def prompted(self) -> bool:
        """Whether a frame is owed that was asked for."""
        return self._trainer is not None and self._screen.prompted

    def _obey(self, command: commands.Command) -> list[Outgoing]:
        if isinstance(command, commands.Open):
            return self._open(command)
        trainer = self._trainer
        if trainer is None:
            raise OutOfOrder("type", _NOTHING_OPEN)
        match command:
            case commands.Play():
                trainer.clear_divergence()
                self._playback.play(trainer)
            case commands.Pause():
                self._playback.stop()
                return self._settle(trainer)
            case commands.Reset():
                return self._reset(trainer)
            case commands.Step():
                trainer.clear_divergence()
                self._playback.step(command.epochs, trainer.epoch)
            case commands.Speed():
                self._playback.limit(command.epochs_per_second)
            case commands.Until():
                self._watch_for(check_moment(command.at, "at"))
            case commands.Change():
                return self._change(trainer, command.path, command.value)
            case commands.Edit(layer=layer, param=param, index=index, value=value):
                edit(trainer, layer, param, index, value)
                self._screen.viewer.prompt()
            case commands.Ask():
                return [*self._answers.ask(trainer, command)]
            case commands.View():
                view = self._screen.wanted(command, trainer.config)
                self.account.pay(self.account.price(trainer.config, view, ""))
                self._screen.set_view(view)
            case commands.Checkpoint():
                return [self._checkpoint(trainer)]
            case commands.Ack():
                self._screen.viewer.acknowledge(command.frame)
        return []

    def _open(self, command: commands.Open) -> list[Outgoing]:
        checkpoint = checkpoint_of(command, self.account.upload)
        asked = requested_run(command, self._settings)
        config = config_of(asked, checkpoint, self._settings)
        try:
            view = self._screen.wanted(command.view, config, afresh=True)
        except InputError as error:
            raise error.under("view") from None
        until = check_moment(command.until, "until")
        price = self.account.price(config, view, "config")
        going_on = reusable_run(command, asked, self._trainer)
        trainer = going_on or build(asked, checkpoint, self._settings)
        self.account.pay(price)
        link = asked or Link(trainer.config)
        self._screen.set_view(view)
        self._playback.stop()
        self._trainer = trainer
        self._answers.forget()
        self._screen.start()
        if "speed" in command.model_fields_set or link.speed is not None:
            self._playback.limit(command.speed if "speed" in command.model_fields_set else link.speed)
        if command.link is not None or "until" in command.model_fields_set:
            self._watch_for(until if "until" in command.model_fields_set else link.until)
        self._begin(trainer, link.epochs or command.epochs, play=command.play or link.play)
        opened = Opened(
            session=self.name,
            config=trainer.config.to_json(),
            link=links.write(trainer.config),
            page=dict(link.page),
            notices=[notice.to_json() for notice in link.notices],
            layout=layout(trainer),
            parameters=trainer.network.parameter_count,
            points=points(trainer),
            resumed=going_on is not None or checkpoint is not None,
            epoch=trainer.epoch,
            playing=self._playback.playing,
            target=self._playback.target,
            speed=self._playback.speed,
            until=None if self._playback.until is None else self._playback.until.moment,
            view=view.to_json(),
        )
        return [opened, *_diverged(trainer)]

    def _begin(self, trainer: Trainer, target: int, *, play: bool) -> None:
        """Train to the end of the epoch `target`, then play or rest."""
        if trainer.epoch < target and trainer.diverged is None:
            self._playback.aim(target, then_play=play)
        elif play:
            trainer.clear_divergence()
            self._playback.play(trainer)

    def _watch_for(self, moment: Moment | None) -> None:
        """Rest by itself when `moment` comes; None for never."""
        self._playback.until = None if moment is None else Until(moment)

    def _reset(self, trainer: Trainer) -> list[Outgoing]:
        trainer.reset()
        self._playback.again()
        self._screen.start_again()
        if trainer.diverged is not None:
            self._playback.stop()
        return [*_diverged(trainer), *self._settle(trainer)]

    def _change(self, trainer: Trainer, path: str, value: Any) -> list[Outgoing]:
        before = trainer.config.data
        changed = trainer.config.changed(path, value)
        if not takes_as_much(trainer.config, changed):
            check_sizes(changed, self._settings, "")
            self.account.pay(self.account.price(changed, self._screen.viewer.view, ""))
        trainer.adopt(changed, path)
        self._playback.forget_rate()
        self._screen.viewer.prompt()
        if trainer.step == 0:
            self._screen.tell_history_afresh()
        config = trainer.config.to_json()
        event = Changed(path, reduce(getitem, path.split("."), config), config, links.write(trainer.config))
        if trainer.config.data != before:
            event = replace(event, points=points(trainer), layout=layout(trainer))
        return [event]

    def _settle(self, trainer: Trainer) -> list[Outgoing]:
        """A picture, as soon as there is room for it, and a checkpoint."""
        self._screen.viewer.prompt()
        self._settling = True
        return self._show_what_is_owed(trainer, 0.0)

    def _show_what_is_owed(self, trainer: Trainer, load: float) -> list[Outgoing]:
        out: list[Outgoing] = []
        if self.painting:
            out += self._paint(trainer, load)
        if not self.painting and self._screen.viewer.prompted():
            out += self._paint(trainer, load)
        if not self.painting and self._settling:
            self._settling = False
            out.append(self._checkpoint(trainer))
        return out

    def _finish_picture(self) -> list[Outgoing]:
        out: list[Outgoing] = []
        while self.painting:
            assert self._trainer is not None
            out += self._show_what_is_owed(self._trainer, 0.0)
        return out

    def _paint(self, trainer: Trainer, load: float) -> list[Frame]:
        return self._screen.paint(trainer, load, resting=self._settling or not self._playback.training)

    def _train(self, trainer: Trainer, deadline: float, seconds: float) -> list[Outgoing]:
        begun = self._clock()
        came = self._playback.train(trainer, deadline, seconds)
        now = self._clock()
        self._screen.viewer.trained(now - begun)
        if trainer.diverged is not None:
            self._playback.stop()
            return [*_diverged(trainer), *self._settle(trainer)]
        if came:
            assert self._playback.until is not None
            self._playback.stop()
            sentence = self._playback.until.sentence
            return [Notice.of(sentence, stops=True, epoch=trainer.epoch), *self._settle(trainer)]
        if self._playback.arrives(trainer):
            return self._settle(trainer)
        if now - self._heard_at >= self._settings.idle_seconds:
            self._playback.stop()
            return [Notice.of(_UNWATCHED, stops=True, seconds=self._settings.idle_seconds), *self._settle(trainer)]
        saved_at = max(self._saved_at, self._playback.begun_at)
        return [self._checkpoint(trainer)] if now - saved_at >= self._settings.checkpoint_seconds else []

    def _checkpoint(self, trainer: Trainer) -> Checkpoint:
        self._saved_at = self._clock()
        return Checkpoint(snapshot.save(trainer))


def _diverged(trainer: Trainer) -> list[Diverged]:
    """That it has diverged, if it has, and what to try."""
    if trainer.diverged is None:
        return []
    remedies = calming(trainer.config)
    return [Diverged.of(trainer.diverged, advice(remedies), [remedy.to_json() for remedy in remedies])]
