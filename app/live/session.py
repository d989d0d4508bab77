"""One session as a pure machine: commands in as text, events and binary messages out; one network, one viewer.

`receive(text)` obeys or refuses at once; `advance(seconds)` trains and paints for about that long on the injected
clock; `due()` says when the next turn is wanted, so an idle host can sleep. A refused message changes nothing.
No socket, no process, no wall clock. Not here: who gets a turn (`host`), how a run is made (`opening`).
"""

import math
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from operator import getitem
from typing import Any

from app.errors import OutOfOrder
from app.links import link as links
from app.links.limits import check_limits
from app.links.link import Link
from app.live import commands
from app.live.answers import Answers
from app.live.events import Changed, Diverged, Event, Notice, Opened, Pong, Refused
from app.live.frames import Caption, Painter
from app.live.opening import build, layout, points, requested_run, reusable_run
from app.live.playback import Playback
from app.live.viewer import Sight, Viewer
from app.settings import Settings
from nncore import snapshot
from nncore.editing import edit
from nncore.errors import InputError
from nncore.remedies import advice, calming
from nncore.sentence import Sentence
from nncore.trainer import Trainer

_RESTARTING = Sentence("say.restarting", "The server is restarting. This goes on by itself in a moment.")
_UNWATCHED = Sentence("say.unwatched", "Paused: nobody has watched for {seconds} seconds. Press play to go on.")
_NOTHING_OPEN = Sentence("refused.nothing_open", "nothing is open yet; send open with a config first")

Outgoing = Event | bytes
"""An event, or the bytes of a frame or a checkpoint."""


class Session:
    """A network and who watches it. Nothing but `open` is obeyed before the first `open`."""

    def __init__(self, name: str, settings: Settings, clock: Callable[[], float]) -> None:
        """`clock` gives seconds; only differences matter."""
        self.name = name
        self._settings = settings
        self._clock = clock
        self._viewer = Viewer(settings)
        self._painter: Painter | None = None
        self._trainer: Trainer | None = None
        self._answers = Answers()
        self._playback = Playback(clock)
        self._shown_step = -1
        self._history_sent = 0
        self._saved_at = self._heard_at = clock()

    def receive(self, text: str) -> list[Outgoing]:
        """Obey one message; what cannot be obeyed is answered by `refused`."""
        try:
            name, command = commands.parse(text, self._settings.message_bytes)
        except InputError as error:
            return [Refused.of(error, commands.command_name(text))]
        if isinstance(command, commands.Ping):
            # A forgotten page asks too: this alone is no sign of somebody watching.
            return [Pong()]
        self._heard_at = self._clock()
        try:
            return self._obey(command)
        except InputError as error:
            return [Refused.of(error, name)]

    def farewell(self) -> list[Outgoing]:
        """The server shuts down: a reason, and what the run needs to go on elsewhere. Nothing is trained any more."""
        notice = Notice.of(_RESTARTING)
        self._playback.stop()
        return [notice] if self._trainer is None else [notice, self._checkpoint(self._trainer)]

    def advance(self, seconds: float, load: float = 0.0) -> list[Outgoing]:
        """Work for about `seconds`: paint what was asked for, train, paint what is due.

        `load` is the host's, for the frames to tell.
        """
        trainer = self._trainer
        if trainer is None:
            return []
        out: list[Outgoing] = []
        deadline = self._clock() + seconds
        if self._viewer.prompted():
            out.append(self._frame(trainer, load))
        if self._answers.pending:
            out += self._answers.advance(self._clock, (self._clock() + deadline) / 2)
        if self._playback.training:
            out += self._train(trainer, deadline, seconds)
        if self._frame_due(trainer) <= self._clock():
            out.append(self._frame(trainer, load))
        return out

    def due(self) -> float | None:
        """The moment from which a turn is wanted; None while there is nothing to do."""
        trainer = self._trainer
        if trainer is None:
            return None
        if self._answers.pending:
            return -math.inf
        moment = min(self._frame_due(trainer), self._playback.due(trainer.steps_per_epoch))
        return None if moment == math.inf else moment

    def prompted(self) -> bool:
        """Whether a frame is owed that was asked for."""
        return self._trainer is not None and self._viewer.prompted()

    def _obey(self, command: commands.Command) -> list[Outgoing]:
        if isinstance(command, commands.Open):
            return self._open(command)
        trainer = self._trainer
        if trainer is None:
            raise OutOfOrder("type", _NOTHING_OPEN)
        match command:
            case commands.Play():
                trainer.clear_divergence()
                self._playback.play()
            case commands.Pause():
                self._playback.stop()
                return self._finish(trainer)
            case commands.Reset():
                return self._reset(trainer)
            case commands.Step():
                trainer.clear_divergence()
                self._playback.step(command.epochs, trainer.epoch)
            case commands.Speed():
                self._playback.limit(command.epochs_per_second)
            case commands.Change():
                return self._change(trainer, command.path, command.value)
            case commands.Edit(layer=layer, param=param, index=index, value=value):
                edit(trainer, layer, param, index, value)
                self._viewer.prompt()
            case commands.Ask():
                return [*self._answers.ask(trainer, command)]
            case commands.View():
                self._show(self._viewer.wanted(command, _widths(trainer)))
            case commands.Checkpoint():
                return [self._checkpoint(trainer)]
            case commands.Ack():
                self._viewer.acknowledge(command.frame)
        return []

    def _open(self, command: commands.Open) -> list[Outgoing]:
        asked = requested_run(command, self._settings)
        going_on = reusable_run(command, asked, self._trainer)
        trainer = going_on or build(command, asked, self._settings)
        link = asked or Link(trainer.config)
        try:
            sight = self._viewer.wanted(command.view, _widths(trainer), afresh=True)
        except InputError as error:
            raise error.under("view") from None
        self._show(sight)
        self._playback.stop()
        self._trainer = trainer
        self._answers.forget()
        self._history_sent, self._shown_step = 0, -1
        self._viewer.start()
        if "speed" in command.model_fields_set or link.speed is not None:
            self._playback.limit(command.speed if "speed" in command.model_fields_set else link.speed)
        self._begin(trainer, link.epochs or command.epochs, play=command.play or link.play)
        opened = Opened(
            session=self.name,
            config=trainer.config.to_json(),
            link=links.write(trainer.config),
            page=dict(link.page),
            notices=link.notices,
            layout=layout(trainer),
            parameters=trainer.network.parameter_count,
            points=points(trainer),
            resumed=going_on is not None or command.checkpoint is not None,
            epoch=trainer.epoch,
            playing=self._playback.playing,
            target=self._playback.target,
            speed=self._playback.speed,
            view=sight.to_json(),
        )
        return [opened, *_diverged(trainer)]

    def _begin(self, trainer: Trainer, target: int, *, play: bool) -> None:
        """Train to the end of the epoch `target`, then play or rest."""
        if trainer.epoch < target and trainer.diverged is None:
            self._playback.aim(target, then_play=play)
        elif play:
            trainer.clear_divergence()
            self._playback.play()

    def _reset(self, trainer: Trainer) -> list[Outgoing]:
        trainer.reset()
        self._playback.again()
        self._history_sent, self._shown_step = 0, -1
        if trainer.diverged is not None:
            self._playback.stop()
        return [*_diverged(trainer), *self._finish(trainer)]

    def _change(self, trainer: Trainer, path: str, value: Any) -> list[Outgoing]:
        before = trainer.config.data
        check_limits(trainer.config.changed(path, value), self._settings, "")
        trainer.change(path, value)
        self._playback.forget_rate()
        self._viewer.prompt()
        if trainer.step == 0:
            self._history_sent = 0
        config = trainer.config.to_json()
        changed = Changed(path, reduce(getitem, path.split("."), config), config, links.write(trainer.config))
        if trainer.config.data != before:
            changed = replace(changed, points=points(trainer), layout=layout(trainer))
        return [changed]

    def _show(self, sight: Sight) -> None:
        old = self._viewer.sight
        sizes = (sight.unit_pixels, sight.output_pixels)
        if self._painter is None or sizes != (old.unit_pixels, old.output_pixels):
            self._painter = Painter(*sizes)
        self._painter.look_through(sight.lens)
        self._viewer.look(sight)

    def _finish(self, trainer: Trainer) -> list[Outgoing]:
        """A frame, as soon as there is room for it, and a checkpoint."""
        self._viewer.prompt()
        frame = [self._frame(trainer, 0.0, settled=True)] if self._viewer.prompted() else []
        return [*frame, self._checkpoint(trainer)]

    def _train(self, trainer: Trainer, deadline: float, seconds: float) -> list[Outgoing]:
        begun = self._clock()
        self._playback.train(trainer, deadline, seconds)
        now = self._clock()
        self._viewer.trained(now - begun)
        if trainer.diverged is not None:
            self._playback.stop()
            return [*_diverged(trainer), *self._finish(trainer)]
        if self._playback.arrives(trainer.epoch):
            return self._finish(trainer)
        if now - self._heard_at >= self._settings.idle_seconds:
            self._playback.stop()
            return [Notice.of(_UNWATCHED, seconds=self._settings.idle_seconds), *self._finish(trainer)]
        saved_at = max(self._saved_at, self._playback.begun_at)
        return [self._checkpoint(trainer)] if now - saved_at >= self._settings.checkpoint_seconds else []

    def _frame_due(self, trainer: Trainer) -> float:
        behind = self._playback.behind(trainer.steps_per_epoch)
        return self._viewer.due(changed=trainer.step != self._shown_step, behind=behind)

    def _frame(self, trainer: Trainer, load: float, *, settled: bool = False) -> bytes:
        assert self._painter is not None
        begun = self._clock()
        sight, playback = self._viewer.sight, self._playback
        caption = Caption(
            self._viewer.sent + 1, playback.playing, playback.rate, load, self._history_sent, sight.confusion
        )
        moment = (trainer.step, trainer.edits)
        lens = self._viewer.lens_due(begun, moment, resting=settled or not playback.training)
        frame = self._painter.paint(trainer, caption, sight.inspect, lens=lens, compress=sight.compress)
        self._history_sent, self._shown_step = len(trainer.history), trainer.step
        now = self._clock()
        if lens:
            self._viewer.lens_painted(now, moment, now - begun)
        self._viewer.painted(now, now - begun)
        return frame

    def _checkpoint(self, trainer: Trainer) -> bytes:
        self._saved_at = self._clock()
        return snapshot.save(trainer)


def _diverged(trainer: Trainer) -> list[Diverged]:
    """That it has diverged, if it has, and what to try."""
    if trainer.diverged is None:
        return []
    remedies = calming(trainer.config)
    return [Diverged.of(trainer.diverged, advice(remedies), [remedy.to_json() for remedy in remedies])]


def _widths(trainer: Trainer) -> list[int]:
    """Units of all layers, the output layer last."""
    return [layer.units for layer in trainer.network.layers]
