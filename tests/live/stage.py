"""A host with a session to be put under pressure and an honest one beside it."""

import json
from typing import Any

from app.hosts.host import Host
from app.hosts.ipc import Kind, Packet
from app.live import frames
from app.live.events import EVENTS
from app.live.memory.memory import Memory
from app.live.race.race import Race
from app.strict_json import read_object
from tests.app.clock import Clock
from tests.live.odd_messages import ANSWERED, FIELDS, SETTINGS, SMALL, VIEW


class Stage:
    """A host with the session that is attacked and one beside it; what they said, read as a client would."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.host = Host(SETTINGS, self.clock)
        for number in (1, 2):
            self.host.open(number, f"s{number}")
        self.say(json.dumps({"type": "open", "config": SMALL, "view": VIEW}), number=2)

    def say(self, *texts: str | bytes, number: int = 1) -> list[tuple[str, dict[str, Any]]]:
        """Say it and give turns until all of it is obeyed."""
        for one in texts:
            self.host.receive(number, one)
        heard, obeyed = [], 0
        while obeyed < len(texts):
            packets = self.host.turn()
            assert packets or self.host.due() is not None, "a message waits for ever"
            obeyed += sum(
                int.from_bytes(one.payload) for one in packets if one.kind is Kind.OBEYED and one.session == number
            )
            heard += self.read(packets, number)
        return heard

    def turns(self, count: int = 3) -> list[tuple[str, dict[str, Any]]]:
        heard = []
        for _ in range(count):
            heard += self.read(self.host.turn(), 1)
            self.clock.now += 0.05
        return heard

    def until(self, kind: str, epoch: int, most: int = 50) -> list[tuple[str, dict[str, Any]]]:
        """What is heard up to the first message of this kind and epoch, in so many turns at most."""
        heard: list[tuple[str, dict[str, Any]]] = []
        for _ in range(most):
            heard += self.read(self.host.turn(), 1)
            if any(name == kind and body["epoch"] == epoch for name, body in heard):
                break
            self.clock.now += 0.05
        return heard

    def read(self, packets: list[Packet], number: int) -> list[tuple[str, dict[str, Any]]]:
        """The kind and the contents of every message to session `number`; nobody is lost."""
        heard = []
        for packet in packets:
            assert packet.kind is not Kind.LOST, f"session {packet.session} failed"
            if packet.kind is Kind.OBEYED or packet.session != number:
                continue
            if packet.kind in (Kind.FRAME, Kind.CHECKPOINT):
                kind, body, _ = frames.read(packet.payload)
                others = ("race", "memory") if packet.kind is Kind.CHECKPOINT else ()
                assert kind in (packet.kind.name.lower(), *others)
            else:
                body = read_object(packet.payload.decode())
                kind = body["type"]
                assert kind in EVENTS
            heard.append((kind, body))
        return heard

    def answered(self, message: str) -> list[tuple[str, dict[str, Any]]]:
        """What came of a message; that it was answered, if it must be."""
        heard = self.say(message)
        try:
            told = json.loads(message)
            name = told.get("type") if isinstance(told, dict) else None
        except (ValueError, RecursionError):
            name = None
        if not isinstance(name, str) or name not in FIELDS or name in ANSWERED:
            assert heard, message
        return heard

    def is_well(self) -> None:
        """It answers, it opens, it shows, and it trains; and so does the one beside it."""
        assert "pong" in dict(self.say('{"type": "ping"}'))
        if isinstance(self.host._seats[1].session._machine, Race):
            self.races_well()
            return
        if isinstance(self.host._seats[1].session._machine, Memory):
            self.remembers_well()
            return
        opened = self.say(json.dumps({"type": "open", "config": SMALL, "view": VIEW | {"visible": True}}))
        assert "opened" in dict(opened)
        shown = opened + self.turns(10)
        assert [body["epoch"] for kind, body in shown if kind == "frame"][-1] == 0
        stepped = self.say('{"type": "step"}') + self.until("checkpoint", 1)
        assert max(body["epoch"] for kind, body in stepped if kind == "checkpoint") == 1
        beside = self.say('{"type": "reset"}', '{"type": "ping"}', number=2)
        assert {"checkpoint", "pong"} <= {kind for kind, _ in beside}

    def races_well(self) -> None:
        """The same for a connection that races."""
        lined_up = self.say('{"type": "race", "link": "data=xor&count=40&layers=2&b.neuron=quadratic"}')
        assert "lined_up" in dict(lined_up)
        stepped = self.say('{"type": "step"}') + self.until("race", 1)
        assert max(body["epoch"] for kind, body in stepped if kind == "race") == 1
        assert "pong" in dict(self.say('{"type": "ping"}', number=2))

    def remembers_well(self) -> None:
        """The same for a connection that remembers."""
        assert "remembered" in dict(self.say(json.dumps({"type": "memory", "link": "", "view": {"visible": True}})))
        stepped = self.say('{"type": "step"}') + self.turns(50)
        assert "memory" in dict(stepped), "the checkpoint of a memory at rest"
        assert "pong" in dict(self.say('{"type": "ping"}', number=2))
