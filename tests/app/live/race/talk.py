"""A race under a clock that tests wind, as a client talks to it, and what it says sorted by kind."""

import json
from typing import Any

import numpy as np

from app.links import race_link
from app.live import frames
from app.live.account import Account
from app.live.events import Checkpoint, Frame, LinedUp
from app.live.machine import Outgoing
from app.live.race.race import Race
from app.settings import Settings
from nncore import snapshot
from nncore.trainer import Trainer
from tests.app.clock import Clock

SETTINGS = Settings(frames_per_second=20.0, checkpoint_seconds=2.0, idle_seconds=60.0, turn_seconds=0.02)
TWO = "data=xor&count=40&layers=4,3&batch=7&rate=0.1&epochs=30&b.neuron=quadratic"
UNEQUAL = TWO + "&b.layers=2&b.batch=13&c.layers=2&c.neuron=linear"
HOT = "data=xor&count=40&batch=7&layers=4,4,4,4&neuron=quadratic&activation=relu&epochs=30&optimizer=sgd&rate=10"
VIEW = {"unit_pixels": 4, "output_pixels": 4}


class Talk:
    """A race and what it said, sorted as a client would."""

    def __init__(self, settings: Settings = SETTINGS) -> None:
        self.clock = Clock()
        self.race = Race("r1", settings, self.clock, Account(settings, lambda _: np.inf))
        self.acknowledging = True

    def say(self, command: str, **fields: Any) -> list[Outgoing]:
        return self.race.receive(json.dumps({"type": command, **fields}))

    def turn(self, seconds: float = 0.004) -> list[Outgoing]:
        out = self.race.advance(seconds)
        for body, _ in frames_of(out):
            if self.acknowledging:
                self.say("ack", frame=body["frame"])
        return out

    def while_due(self, most: int = 5000) -> list[Outgoing]:
        """Turns for as long as any is wanted by now."""
        out: list[Outgoing] = []
        for _ in range(most):
            due = self.race.due()
            if due is None or due > self.clock.now:
                return out
            out += self.turn()
        raise AssertionError("it wants turns for ever")


def lined_up(link: str = TWO, settings: Settings = SETTINGS, **fields: Any) -> Talk:
    """A race whose every lane has been shown."""
    talk = Talk(settings)
    assert isinstance(talk.say("race", link=link, view=VIEW, **fields)[0], LinedUp)
    if not fields.get("play"):
        shown = {body["lane"] for body, _ in frames_of(talk.while_due())}
        assert len(shown) == len(talk.race._field.lanes)
    return talk


def frames_of(out: list[Outgoing]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [frames.read(message.data)[1:] for message in out if type(message) is Frame]


def events(out: list[Outgoing], kind: type[Any]) -> list[Any]:
    return [message for message in out if isinstance(message, kind)]


def newest_checkpoint(out: list[Outgoing]) -> bytes:
    return [message.data for message in out if isinstance(message, Checkpoint)][-1]


def trainers(talk: Talk) -> list[Trainer]:
    return [lane.trainer for lane in talk.race._field.lanes]


def alone(link: str, epochs: int) -> list[Trainer]:
    return [Trainer(config).run(epochs) for config in race_link.read(link).lanes]


def assert_equal_to_the_bit(found: list[Trainer], expected: list[Trainer]) -> None:
    for one, other in zip(found, expected, strict=True):
        (_, body, arrays), (_, other_body, other_arrays) = (frames.read(snapshot.save(run)) for run in (one, other))
        assert body == other_body
        assert arrays.keys() == other_arrays.keys()
        assert all(np.array_equal(arrays[name], other_arrays[name], equal_nan=True) for name in arrays)


def come_back(talk: Talk, checkpoint: bytes, **fields: Any) -> LinedUp:
    """As a page does on another connection, to this or another server."""
    for start in range(0, len(checkpoint), 3000):
        talk.race.receive(checkpoint[start : start + 3000])
    answer = talk.say("race", uploaded=len(checkpoint), view=VIEW, **fields)[0]
    assert isinstance(answer, LinedUp), answer
    return answer
