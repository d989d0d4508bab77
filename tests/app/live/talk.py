"""A session under a clock that tests wind, as a client talks to it, and what it says sorted by kind."""

import json
from typing import Any

from app.live import frames
from app.live.events import Checkpoint, Event, Frame, Opened
from app.live.machine import Outgoing
from app.live.session import Session
from app.settings import Settings
from nncore import snapshot
from nncore.config import Config
from nncore.trainer import Trainer
from tests.app.clock import Clock

SETTINGS = Settings(frames_per_second=20.0, checkpoint_seconds=2.0, idle_seconds=60.0, turn_seconds=0.02)
"""With turns in which this clock lets any picture of these be painted at once."""
SMALL: dict[str, Any] = {"layers": [{"units": 2}], "data": {"name": "xor", "count": 40}, "batch": 7}
EPOCH_STEPS = 3
HOT = SMALL | {
    "layers": [{"units": 4, "neuron": "quadratic", "activation": "relu"}] * 4,
    "optimizer": {"name": "sgd", "learning_rate": 10.0},
}
VIEW = {"unit_pixels": 4, "output_pixels": 4}


class Talk:
    """A session and what it said, sorted as a client would."""

    def __init__(self, settings: Settings = SETTINGS) -> None:
        self.clock = Clock()
        self.session = Session("s1", settings, self.clock)
        self.acknowledging = True

    def say(self, command: str, **fields: Any) -> list[Outgoing]:
        return self.session.receive(json.dumps({"type": command, **fields}))

    def turn(self) -> list[Outgoing]:
        out = self.session.advance(0.004)
        for body, _ in frames_of(out):
            if self.acknowledging:
                self.say("ack", frame=body["frame"])
        return out

    def turns(self, seconds: float, pause_seconds: float = 0.005) -> list[Outgoing]:
        """Turns every so often for so long; each costs what the clock's ticks make of it."""
        out, end = [], self.clock.now + seconds
        while self.clock.now < end:
            out += self.turn()
            self.clock.now += pause_seconds
        return out

    def turns_while_due(self) -> list[Outgoing]:
        out = []
        while (due := self.session.due()) is not None and due <= self.clock.now:
            out += self.turn()
        return out


def opened(config: dict[str, Any] = SMALL, settings: Settings = SETTINGS, **fields: Any) -> Talk:
    """A session that has sent its first frame."""
    talk = Talk(settings)
    (answer,) = talk.say("open", config=config, view=VIEW, **fields)
    assert isinstance(answer, Opened)
    assert frames_of(talk.turn())[0][0]["history_start"] == 0
    return talk


def frames_of(out: list[Outgoing]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    messages = [frames.read(message.data) for message in out if isinstance(message, Frame)]
    assert all(kind == "frame" for kind, _, _ in messages)
    return [(body, arrays) for _, body, arrays in messages]


def checkpoints_of(out: list[Outgoing]) -> list[bytes]:
    saved = [message.data for message in out if isinstance(message, Checkpoint)]
    assert all(frames.read(data)[0] == "checkpoint" for data in saved)
    return saved


def events_of(out: list[Outgoing]) -> list[Event]:
    return [message for message in out if isinstance(message, Event)]


def contents(checkpoint: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """All that a checkpoint holds; the order of its header is not the same every time."""
    _, body, arrays = frames.read(checkpoint)
    return body, {name: array.tobytes() for name, array in arrays.items()}


def state(talk: Talk) -> tuple[dict[str, Any], dict[str, bytes]]:
    (checkpoint,) = checkpoints_of(talk.say("checkpoint"))
    return contents(checkpoint)


def state_of(trainer: Trainer) -> tuple[dict[str, Any], dict[str, bytes]]:
    return contents(snapshot.save(trainer))


def trained(config: dict[str, Any], epochs: int) -> Trainer:
    return Trainer(Config.from_json(config)).run(epochs)


def diverged() -> tuple[Talk, list[Outgoing]]:
    """A run that has burst, and what it said."""
    talk = Talk()
    talk.say("open", config=HOT, view=VIEW, play=True)
    return talk, talk.turns(1.0)
