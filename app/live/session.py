"""One session as a pure machine: commands in as text, events and binary messages out; one network, one viewer.

`advance(seconds)` trains and paints for about that long on the injected clock, a large picture over several turns. Not
here: what every machine does (`machine`), who gets a turn (`app.hosts.turns`), how a run is made (`opening`).
"""

import math
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from operator import getitem
from typing import Any
from weakref import WeakSet

from app.errors import OutOfOrder
from app.links import link as links
from app.links.limits import check_sizes
from app.links.link import Link
from app.links.memory import takes_as_much
from app.links.moment import Moment, check_moment
from app.live import commands
from app.live.account import Account
from app.live.added_points import PATH as OWN_POINTS
from app.live.added_points import whole
from app.live.answers import Answers, Long
from app.live.events import Changed, Checkpoint, Diverged, Frame, Notice
from app.live.machine import NOTHING_OPEN, Machine, Outgoing, Training
from app.live.member import Member
from app.live.opening import build, checkpoint_of, config_of, layout, opened, points, requested_run, reusable_run
from app.live.playback import Playback
from app.live.screen import Screen
from app.live.until import Until
from app.settings import Settings
from nncore import learner
from nncore.editing import edit
from nncore.errors import InputError
from nncore.forest.grower import Grower
from nncore.learner import AnyLearner
from nncore.remedies import advice, calming
from nncore.sentence import Sentence

_READY_SECONDS = 0.05
"""How often it is asked whether a run that was not ready to train is by now."""

_NO_WEIGHTS = Sentence("refused.no_weights", "a forest has no weights to set")
_GROWN = Sentence("say.grown", "Grown: level {level} of {count} is the best and gives the answer.")
_NO_RACE = Sentence("refused.no_race_to_repeat", "a session is not repeated; a race is")
_NO_MEMORY = Sentence(
    "refused.no_memory_to_measure", "a session is no memory: it holds no patterns to measure, and does not dream"
)


class Session(Machine):
    """A network and who watches it. Nothing but `open` is obeyed before the first `open`."""

    def __init__(
        self,
        name: str,
        settings: Settings,
        clock: Callable[[], float],
        checks: "WeakSet[Long] | None" = None,
        room: Callable[[Account], float] = lambda _: math.inf,
        account: Account | None = None,
    ) -> None:
        """`checks` is shared by all sessions of a host (`Answers`); `room` is the memory that it has for this one, of
        which the client's `account` is kept.
        """
        super().__init__(name, settings, clock, account or Account(settings, room))
        self._trainer: AnyLearner | None = None
        self._member: Member | None = None
        self._answers = Answers(checks)
        self._playback: Playback[AnyLearner] = Playback(clock)
        self._screen = Screen(settings, clock, self._playback)
        self._settling = False
        """Whether a picture of the run as it now rests, and then a checkpoint, are owed."""

    @property
    def is_open(self) -> bool:
        """Whether there is a run."""
        return self._trainer is not None

    @property
    def painting(self) -> bool:
        """Whether a picture is begun and not yet done."""
        return self._screen.painting

    @property
    def member(self) -> Member | None:
        """Its run, for whoever trains several of a shape together; None while there is nothing to train."""
        return self._member if self._playback.training else None

    def trained(self, batches: int, seconds: float) -> list[Outgoing]:
        """Its `member` has been trained on so many batches, which took `seconds` as its share."""
        assert self._trainer is not None
        came = self._playback.trained(self._trainer, batches)
        return self._after_training(self._trainer, self._clock(), seconds, came=came)

    def advance(self, seconds: float, load: float = 0.0, training: Training = "alone") -> list[Outgoing]:
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
        if self._playback.training and training != "done" and trainer.ready:
            out += self._train(trainer, deadline, seconds, to_epoch_end=training == "to_epoch_end")
        if not self._screen.painting and self._picture_due(trainer) <= self._clock():
            out += self._paint(trainer, load)
        return out

    def _due(self) -> float:
        trainer = self._trainer
        if trainer is None:
            return math.inf
        if self.painting:
            return self._picture_due(trainer)
        training_due = self._playback.due(trainer.steps_per_epoch, self._screen.picture_seconds)
        if training_due < math.inf and not trainer.ready:
            training_due = max(training_due, self._clock() + _READY_SECONDS)
        return min(self._picture_due(trainer), training_due, self._answers.due)

    def prompted(self) -> bool:
        """Whether a frame is owed that was asked for."""
        return self._trainer is not None and self._screen.prompted

    def _obey(self, command: commands.Command) -> list[Outgoing]:
        if isinstance(command, commands.Open):
            return self._open(command)
        trainer = self._trainer
        if trainer is None:
            raise OutOfOrder("type", NOTHING_OPEN)
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
                if isinstance(trainer, Grower):
                    raise OutOfOrder("type", _NO_WEIGHTS)
                edit(trainer, layer, param, index, value)
                self._screen.viewer.prompt()
            case commands.Ask():
                return [*self._answers.ask(trainer, command)]
            case commands.View():
                view = self._screen.wanted(command, trainer.config)
                self.account.pay(self.account.price(trainer.config, view, ""))
                self._screen.set_view(view)
            case commands.Checkpoint():
                return [self._checkpoint()]
            case commands.Ack():
                self._screen.viewer.acknowledge(command.frame)
            case commands.Repeat():
                raise OutOfOrder("type", _NO_RACE)
            case commands.Measure() | commands.Dream():
                raise OutOfOrder("type", _NO_MEMORY)
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
        self._member = None if isinstance(trainer, Grower) else Member(trainer, self._playback, self._screen)
        self._answers.forget()
        self._answers.begin_at(trainer.epoch)
        self._screen.start()
        if "speed" in command.model_fields_set or link.speed is not None:
            self._playback.limit(command.speed if "speed" in command.model_fields_set else link.speed)
        if command.link is not None or "until" in command.model_fields_set:
            self._watch_for(until if "until" in command.model_fields_set else link.until)
        self._begin(trainer, link.epochs or command.epochs, play=command.play or link.play)
        resumed = going_on is not None or checkpoint is not None
        return [opened(self.name, trainer, link, self._playback, view, resumed=resumed), *_diverged(trainer)]

    def _begin(self, trainer: AnyLearner, target: int, *, play: bool) -> None:
        """Train to the end of the epoch `target`, then play or rest."""
        if trainer.epoch < target and trainer.diverged is None:
            self._playback.aim(target, then_play=play)
        elif play:
            trainer.clear_divergence()
            self._playback.play(trainer)

    def _watch_for(self, moment: Moment | None) -> None:
        """Rest by itself when `moment` comes; None for never."""
        self._playback.until = None if moment is None else Until(moment)

    def _reset(self, trainer: AnyLearner) -> list[Outgoing]:
        trainer.reset()
        self._answers.begin_at(trainer.epoch)
        self._playback.again()
        self._screen.start_again()
        if trainer.diverged is not None:
            self._playback.stop()
        return [*_diverged(trainer), *self._settle(trainer)]

    def _change(self, trainer: AnyLearner, path: str, value: Any) -> list[Outgoing]:
        before = trainer.config.data
        changed = trainer.config.changed(path, whole(value, trainer.config) if path == OWN_POINTS else value)
        if not takes_as_much(trainer.config, changed):
            check_sizes(changed, self._settings, "")
            view = self._screen.viewer.view
            if path == OWN_POINTS:
                self.account.pay_ahead(changed, view)
            else:
                self.account.pay(self.account.price(changed, view, ""))
        trainer.adopt(changed, path)
        self._answers.begin_at(trainer.epoch)
        self._playback.forget_rate()
        self._screen.viewer.prompt()
        if trainer.step == 0:
            self._screen.tell_history_afresh()
        config = trainer.config.to_json()
        adds = path == OWN_POINTS and isinstance(value, dict)
        understood = value if adds else reduce(getitem, path.split("."), config)
        event = Changed(path, understood, config, links.write(trainer.config))
        if trainer.config.data != before:
            event = replace(event, points=points(trainer), layout=layout(trainer))
        return [event]

    def _settle(self, trainer: AnyLearner) -> list[Outgoing]:
        """A picture, as soon as there is room for it, and a checkpoint."""
        self._screen.viewer.prompt()
        self._settling = True
        return self._show_what_is_owed(trainer, 0.0)

    def _show_what_is_owed(self, trainer: AnyLearner, load: float) -> list[Outgoing]:
        out: list[Outgoing] = []
        if self.painting:
            out += self._paint(trainer, load)
        if not self.painting and self._screen.viewer.prompted():
            out += self._paint(trainer, load)
        if not self.painting and self._settling:
            self._settling = False
            out.append(self._checkpoint())
        return out

    def _finish_picture(self) -> list[Outgoing]:
        out: list[Outgoing] = []
        while self.painting:
            assert self._trainer is not None
            out += self._show_what_is_owed(self._trainer, 0.0)
        return out

    def _paint(self, trainer: AnyLearner, load: float) -> list[Frame]:
        resting = self._settling or not self._playback.training
        return self._screen.paint(trainer, load, self._steered, resting=resting)

    def _train(self, trainer: AnyLearner, deadline: float, seconds: float, *, to_epoch_end: bool) -> list[Outgoing]:
        begun = self._clock()
        came = self._playback.train(trainer, deadline, seconds, to_epoch_end=to_epoch_end)
        now = self._clock()
        return self._after_training(trainer, now, now - begun, came=came)

    def _after_training(self, trainer: AnyLearner, now: float, seconds: float, *, came: bool) -> list[Outgoing]:
        """What there is to say and to do after so many `seconds` of training; `came`: what it watches for."""
        self._screen.viewer.trained(seconds)
        if trainer.diverged is not None:
            self._playback.stop()
            return [*_diverged(trainer), *self._settle(trainer)]
        if came:
            assert self._playback.until is not None
            self._playback.stop()
            sentence = self._playback.until.sentence
            return [Notice.of(sentence, stops=True, epoch=trainer.epoch), *self._settle(trainer)]
        if isinstance(trainer, Grower) and trainer.finished:
            self._playback.stop()
            grown = Notice.of(_GROWN, stops=True, level=trainer.network.best, count=trainer.epoch)
            return [grown, *self._settle(trainer)]
        if self._playback.arrives(trainer):
            return self._settle(trainer)
        if (unwatched := self._unwatched(now)) is not None:
            self._playback.stop()
            return [unwatched, *self._settle(trainer)]
        return [self._checkpoint()] if self._checkpoint_is_due(now, self._playback.begun_at) else []

    def _rest(self) -> None:
        self._playback.stop()
        self._screen.clear()

    def _checkpoint(self) -> Checkpoint:
        assert self._trainer is not None
        self._saved_at = self._clock()
        return Checkpoint(learner.save(self._trainer))

    def _picture_due(self, trainer: AnyLearner) -> float:
        return self._screen.due(trainer, behind=self._playback.behind(trainer.steps_per_epoch))


def _diverged(trainer: AnyLearner) -> list[Diverged]:
    """That it has diverged, if it has, and what to try."""
    if trainer.diverged is None:
        return []
    remedies = calming(trainer.config)
    return [Diverged.of(trainer.diverged, advice(remedies), [remedy.to_json() for remedy in remedies])]
