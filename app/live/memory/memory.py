"""A memory as a pure machine beside the session and the race: one machine that remembers, before one viewer.

Whichever machine it is (`work`), it is played, watched and resumed like a run. Its small pictures are painted at once.
Not here: what every machine does (`app.live.machine`), how one is made (`opening`), how much it holds (`measuring`).
"""

import math
from collections.abc import Callable
from dataclasses import replace

from app.errors import OutOfOrder
from app.links import link as links
from app.links import memory_link
from app.links.memory_link import MemoryLink
from app.live import commands
from app.live.account import Account
from app.live.events import Answer, Checkpoint, Frame, Remembered
from app.live.frames import compressed
from app.live.lab_goal import verdict
from app.live.machine import Machine, Outgoing, Training
from app.live.memory import saved
from app.live.memory.boltzmann import BoltzmannWork
from app.live.memory.measuring import Measuring, facts_of
from app.live.memory.opening import Start, requested_memory
from app.live.memory.work import Work
from app.live.playback import Playback
from app.live.safetensors_file import serialized
from app.live.viewer import Viewer, ViewSettings, require_shown
from app.settings import Settings
from app.strict_json import written
from nncore.errors import InputError
from nncore.memory.knobs import KNOBS
from nncore.sentence import Sentence
from nncore.tape import Array

_NOTHING_OPEN = Sentence(
    "refused.nothing_remembered", "no memory is open yet; send memory with a link or a machine first"
)
_NOT_IN_A_MEMORY = Sentence("refused.not_in_a_memory", "a memory does not know {value}: send another memory instead")
_NOT_SHOWN = Sentence("refused.not_shown_in_a_memory", "is not shown of a memory; a session shows it")
_RESTS = Sentence("refused.memory_rests", "the memory has come to rest; reset it, or show it something else")
_HOLDS_NONE = Sentence("refused.not_measured", "only what a Hopfield network holds is measured")
_DREAMS_NOT = Sentence("refused.dreams_not", "only a Boltzmann machine dreams")
_NOT_MEASURING = Sentence("refused.not_measuring", "nothing is being measured that could be stopped")


class Memory(Machine):
    """One memory and who watches it. Nothing but `memory` is obeyed before the first `memory`."""

    def __init__(self, name: str, settings: Settings, clock: Callable[[], float], account: Account) -> None:
        """`account` is the client's."""
        super().__init__(name, settings, clock, account)
        self._memory: MemoryLink | None = None
        self._work: Work | None = None
        self._playback: Playback[Work] = Playback(clock)
        self._viewer = Viewer(settings)
        self._shown_step = -1
        self._afresh = True
        """Whether nothing of the work has been shown yet."""
        self._price = 0
        self._measuring: Measuring | None = None
        self._settling = False
        """Whether a picture of it as it now rests, and then a checkpoint, are owed."""

    @property
    def is_open(self) -> bool:
        """Whether there is a memory."""
        return self._work is not None

    @property
    def painting(self) -> bool:
        """Pictures are painted at once."""
        return False

    def prompted(self) -> bool:
        """Whether a frame is owed that was asked for."""
        return self.is_open and self._viewer.prompted()

    def advance(self, seconds: float, load: float = 0.0, training: Training = "alone") -> list[Outgoing]:
        """Work for about `seconds`: the memory itself, its picture, and what is measured beside it."""
        out: list[Outgoing] = [*self._given_up()]
        if self._work is None:
            return out
        deadline = self._clock() + seconds
        out += self._show_what_is_owed(self._work, load)
        if self._playback.training:
            shares = self._measuring is not None and self._playback.speed is None
            out += self._go_on(self._work, deadline - seconds / 2 if shares else deadline, seconds)
        if self._picture_due(self._work) <= self._clock():
            out.append(self._paint(self._work, load))
        if self._measuring is not None:
            out += self._measuring.advance(self._clock, deadline)
            if self._measuring.done:
                self._stop_measuring()
        return out

    def _due(self) -> float:
        if self._work is None:
            return math.inf
        if self._measuring is not None:
            return -math.inf
        settling = -math.inf if self._settling else math.inf
        training = self._playback.due(self._work.steps_per_epoch, self._viewer.picture_seconds(0.0))
        return min(self._picture_due(self._work), training, settling)

    def _obey(self, command: commands.Command) -> list[Outgoing]:
        if isinstance(command, commands.Memory):
            return self._open(command)
        work = self._work
        if work is None:
            raise OutOfOrder("type", _NOTHING_OPEN)
        if isinstance(command, (commands.Play, commands.Step)) and work.diverged is not None:
            raise OutOfOrder("type", _RESTS)
        match command:
            case commands.Play():
                self._playback.play(work)
            case commands.Pause():
                self._playback.stop()
                self._settle()
            case commands.Reset():
                work.reset()
                self._afresh = True
                self._playback.again()
                self._settle()
            case commands.Step():
                self._step(work, command.epochs)
            case commands.Speed():
                self._playback.limit(command.epochs_per_second)
            case commands.View():
                self._viewer.set_view(self._wanted(command))
            case commands.Dream():
                self._dream(work, on=command.on)
            case commands.Measure():
                self._measure(command.seeds)
            case commands.Checkpoint():
                return [self._checkpoint()]
            case commands.Ask(what="goal"):
                return [self._verdict(work, command)]
            case commands.Ack():
                self._viewer.acknowledge(command.frame)
            case _:
                raise OutOfOrder("type", _NOT_IN_A_MEMORY, value=type(command).__name__.lower())
        return []

    def _open(self, command: commands.Memory) -> list[Outgoing]:
        start = requested_memory(command, self.account.upload, self._settings)
        try:
            view = self._wanted(command.view)
        except InputError as error:
            raise error.under("view") from None
        memory = start.memory
        # What is measured goes on beside a memory that differs only in what is drawn.
        measuring = self._measuring
        if measuring is not None and measuring.facts != facts_of(memory):
            measuring = None
        price = start.price
        whole = price + (0 if measuring is None else measuring.price)
        self.account.afford(whole, "")
        work = start.build()
        self.account.pay(whole)
        self._work, self._price, self._measuring = work, price, measuring
        self._playback.stop()
        self._viewer.set_view(view)
        self._viewer.start()
        self._afresh, self._shown_step, self._settling = True, -1, False
        said = links.page_part(memory.page)
        if "speed" in command.model_fields_set or said["speed"] is not None:
            self._playback.limit(command.speed if "speed" in command.model_fields_set else said["speed"])
        self._begin(work, 0 if start.found else memory.at, play=command.play or said["play"])
        self._memory = replace(memory, at=0)
        return [self._remembered(start, work)]

    def _begin(self, work: Work, target: int, *, play: bool) -> None:
        """Go on to the end of the epoch `target`, if that is ahead, then play or rest."""
        if work.diverged is not None:
            return
        if target > work.epoch:
            self._playback.aim(target, then_play=play)
        elif play:
            self._playback.play(work)

    def _remembered(self, start: Start, work: Work) -> Remembered:
        memory = start.memory
        return Remembered(
            session=self.name,
            link=memory_link.write(replace(memory, at=0)),
            page=dict(memory.page),
            machine=memory.machine,
            settings=dict(memory.settings),
            knobs=[knob.to_json() for knob in KNOBS[memory.machine]],
            patterns=[_bits(one) for one in memory.x],
            start=None if memory.start is None else _bits(memory.start),
            resumed=start.found is not None,
            epoch=work.epoch,
            playing=self._playback.playing,
            speed=self._playback.speed,
            view=self._viewer.view.to_json(),
        )

    def _wanted(self, fields: commands.ViewFields | None) -> ViewSettings:
        require_shown(fields, _NOT_SHOWN)
        return self._viewer.wanted(fields, [])

    def _step(self, work: Work, epochs: int) -> None:
        if isinstance(work, BoltzmannWork) and work.dreaming:
            # One Gibbs step each: a dream comes to no end.
            self._playback.stop()
            work.advance(min(epochs, work.steps_to_epoch_end))
            self._settle()
        else:
            self._playback.step(epochs, work.epoch)

    def _dream(self, work: Work, *, on: bool) -> None:
        if not isinstance(work, BoltzmannWork):
            raise OutOfOrder("type", _DREAMS_NOT)
        # A target is an epoch, and dreams have none.
        if self._playback.target is not None:
            self._playback.stop()
        work.dream(on=on)
        self._settle()

    def _verdict(self, work: Work, question: commands.Ask) -> Answer:
        """Whether a lab's goal is reached."""
        assert self._memory is not None
        described = memory_link.described(self._memory)
        return Answer(question.id, "goal", verdict(question, memory_link.PAGE, described, work.figures()))

    def _measure(self, seeds: int | None) -> None:
        if seeds is None:
            if self._measuring is None:
                raise OutOfOrder("seeds", _NOT_MEASURING)
            self._measuring.stop()
            return
        assert self._memory is not None
        if self._memory.machine != "hopfield":
            raise OutOfOrder("type", _HOLDS_NONE)
        measuring = Measuring(self._memory, seeds)
        self.account.afford(self._price + measuring.price, "")
        self.account.pay(self._price + measuring.price)
        self._measuring = measuring

    def _stop_measuring(self) -> None:
        self._measuring = None
        self.account.pay(self._price)

    def _settle(self) -> None:
        """A picture of it as it rests, as soon as there is room for it, and a checkpoint."""
        self._viewer.prompt()
        self._settling = True

    def _show_what_is_owed(self, work: Work, load: float) -> list[Outgoing]:
        out: list[Outgoing] = []
        if self._viewer.prompted():
            out.append(self._paint(work, load))
        if self._settling:
            self._settling = False
            out.append(self._checkpoint())
        return out

    def _picture_due(self, work: Work) -> float:
        behind = self._playback.behind(work.steps_per_epoch)
        return self._viewer.due(changed=work.step != self._shown_step, behind=behind)

    def _paint(self, work: Work, load: float) -> Frame:
        begun = self._clock()
        self._viewer.begin()
        shown = work.picture(afresh=self._afresh)
        body = {
            "frame": self._viewer.sent + 1,
            "epoch": work.epoch,
            "step": work.step,
            "playing": self._playback.playing,
            "steered": self._steered,
            "epochs_per_second": round(self._playback.rate, 1),
            "load": round(load, 3),
            **shown.body,
        }
        message = serialized(shown.arrays, {"kind": Frame.name, "body": written(body)})
        self._afresh, self._shown_step = False, work.step
        now = self._clock()
        self._viewer.painted(now, now - begun)
        return Frame(compressed(message) if self._viewer.view.compress else message)

    def _go_on(self, work: Work, deadline: float, seconds: float) -> list[Outgoing]:
        begun = self._clock()
        self._playback.train(work, deadline, seconds)
        now = self._clock()
        self._viewer.trained(now - begun)
        if work.diverged is not None:
            self._playback.stop()
            self._settle()
            return []
        if self._playback.arrives(work):
            self._settle()
            return []
        if (unwatched := self._unwatched(now)) is not None:
            self._playback.stop()
            if self._measuring is not None:
                self._measuring.stop()
            self._settle()
            return [unwatched]
        return [self._checkpoint()] if self._checkpoint_is_due(now, self._playback.begun_at) else []

    def _finish_picture(self) -> list[Outgoing]:
        return []

    def _rest(self) -> None:
        self._playback.stop()
        self._settling, self._measuring = False, None

    def _checkpoint(self) -> Checkpoint:
        assert self._memory is not None
        assert self._work is not None
        self._saved_at = self._clock()
        return Checkpoint(saved.write(self._memory, self._work.saved()))


def _bits(pattern: Array) -> str:
    return "".join("1" if unit > 0 else "0" for unit in pattern)
