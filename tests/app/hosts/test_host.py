"""Turns are fair by time, whoever asks for more; a failing session fails alone; the loop ends with its web process."""

import gc
import json
import math
import socket
import threading
import time
import tracemalloc
from typing import Any

import pytest

from app.hosts.host import Host, Report, serve
from app.hosts.ipc import Decoder, Kind, Packet
from app.live.account import Account
from app.live.events import Changed
from app.live.inbox import Order
from app.live.machine import Outgoing
from app.live.visit import Visit
from app.settings import Settings
from tests.app.clock import Clock

SETTINGS = Settings(turn_seconds=0.004)
SMALL: dict[str, Any] = {"layers": [{"units": 2}], "data": {"name": "xor", "count": 40}}


COST_SECONDS = {"open": 0.07, "reset": 0.035, "ask": 0.07, "change": 0.004}
"""What these take at the largest sizes on a core of 2.6 GHz."""

BURSTS = {
    "400 open of the largest network": ["open"] * 400,
    "100 reset": ["reset"] * 100,
    "399 ask unit": ["ask"] * 399,
    "398 change data.names with 2,000 points": ["change"] * 398,
}
FIELDS: dict[str, dict[str, Any]] = {
    "open": {"config": SMALL},
    "ask": {"id": 1, "what": "unit", "layer": 0, "unit": 0},
    "change": {"path": "data.names", "value": ["a", "b"]},
}


def command(name: str, **fields: Any) -> str:
    return json.dumps({"type": name, **fields})


class Costly:
    """Stands in for a session: always wants a turn, and takes as long as it is told."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self.name = "costly"
        self.clock, self.seconds, self.worked, self.turns = clock, seconds, 0.0, 0
        self.awake, self.prompt, self.painting = True, False, False
        self.member = None
        self.account = Account(SETTINGS, lambda _: math.inf)

    def due(self) -> float | None:
        return self.clock.now if self.awake else None

    def prompted(self) -> bool:
        return self.prompt

    def advance(self, seconds: float, load: float) -> list[Outgoing]:
        self.clock.now += self.seconds
        self.worked += self.seconds
        self.turns += 1
        return []

    def obey(self, order: Order) -> list[Outgoing]:
        self.clock.now += COST_SECONDS[order.name]
        return []


def host_of(clock: Clock, *sessions: Costly) -> Host:
    host = Host(SETTINGS, clock)
    for number, session in enumerate(sessions):
        host.open(number, session.name)
        host._seats[number].session = session  # type: ignore[assignment]
        host._seats[number].note(0.0, worked=True)
    return host


def told(host: Host, number: int, text: str | bytes) -> list[Packet]:
    """Say it, and give turns until it is obeyed; what the session said in that turn."""
    host.receive(number, text)
    while True:
        first, *packets = host.turn()
        if first == Packet(Kind.OBEYED, number, b"\0\0\0\1"):
            return packets


def test_one_heavy_session_cannot_starve_thirty_light_ones() -> None:
    clock = Clock(tick_seconds=1e-7)
    heavy, *light = sessions = [Costly(clock, 0.05), *(Costly(clock, 0.001) for _ in range(30))]
    host = host_of(clock, *sessions)
    for _ in range(5000):
        host.turn()
    assert heavy.worked <= min(session.worked for session in light) + 0.06


def test_who_slept_has_saved_nothing_up() -> None:
    clock = Clock(tick_seconds=1e-7)
    early, late = Costly(clock, 0.004), Costly(clock, 0.004)
    late.awake = False
    host = host_of(clock, early, late)
    for _ in range(100):
        host.turn()
    late.awake = True
    host._seats[1].note(clock.now, worked=False)
    for _ in range(100):
        host.turn()
    assert late.turns == pytest.approx(50, abs=1)


def test_who_owes_a_frame_goes_first_but_not_for_ever() -> None:
    clock = Clock(tick_seconds=1e-7)
    eager, *others = sessions = [Costly(clock, 0.004) for _ in range(10)]
    eager.prompt = True
    host = host_of(clock, *sessions)
    host.turn()
    assert eager.turns == 1
    for _ in range(999):
        host.turn()
    assert eager.turns <= 1000 / 10 + 0.1 / 0.004 + 1
    assert min(other.turns for other in others) >= 90


def test_a_session_that_fails_is_lost_alone(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    host = Host(SETTINGS, clock)
    for number in (1, 2):
        host.open(number, f"s{number}")
        host.receive(number, command("open", config=SMALL, play=True))
    broken = host._seats[1].session

    def fail(*_: object) -> list[Outgoing]:
        raise ZeroDivisionError

    monkeypatch.setattr(broken, "advance", fail)
    packets = [packet for _ in range(20) for packet in host.turn()]
    assert Packet(Kind.LOST, 1) in packets
    assert len(host) == 1
    assert {packet.session for packet in packets if packet.kind is Kind.FRAME} == {2}
    assert "s1 failed" in caplog.text
    assert host.receive(1, command("play")) == []


def test_the_load_is_the_share_of_time_worked() -> None:
    clock = Clock(tick_seconds=1e-9)
    session = Costly(clock, 0.1)
    host = host_of(clock, session)
    for _ in range(4):
        host.turn()
    clock.now += 0.6
    assert host.measure() == pytest.approx(0.4, abs=0.01)
    clock.now += 1.0
    assert host.measure() == 0.0


def test_a_host_without_wishes_sleeps() -> None:
    host = Host(SETTINGS, Clock())
    assert host.due() is None
    host.open(1, "s1")
    assert host.due() is None
    assert host.turn() == []


def test_a_closed_session_is_forgotten() -> None:
    host = Host(SETTINGS, Clock())
    host.open(1, "s1")
    host.receive(1, command("open", config=SMALL, play=True))
    host.close(1)
    host.close(1)
    assert len(host) == 0
    assert host.due() is None


def test_a_shutdown_gives_every_session_its_last_words() -> None:
    host = Host(SETTINGS, Clock())
    for number in (1, 2):
        host.open(number, f"s{number}")
    told(host, 1, command("open", config=SMALL, play=True))
    packets = host.shut_down()
    assert [(packet.kind, packet.session) for packet in packets] == [
        (Kind.TEXT, 1),
        (Kind.CHECKPOINT, 1),
        (Kind.PARTED, 1),
        (Kind.TEXT, 2),
        (Kind.PARTED, 2),
    ]
    assert json.loads(packets[0].payload)["type"] == "notice"


def test_after_a_shutdown_no_frame_shows_the_run_at_rest() -> None:
    """The page would believe it, and come back paused."""
    clock = Clock()
    host = Host(SETTINGS, clock)
    host.open(1, "s1")
    host.receive(1, command("open", config=SMALL, play=True))
    for _ in range(20):
        host.turn()
    host.shut_down()
    clock.now += 1.0
    assert host.turn() == []
    assert host.receive(1, command("ack", frame=1)) == []
    assert host.due() is None


def test_a_host_reports_what_it_has_done() -> None:
    host = Host(SETTINGS, Clock())
    host.open(1, "s1")
    host.receive(1, command("open", config=SMALL, play=True))
    sent = [packet for _ in range(20) for packet in host.turn() if packet.kind is Kind.FRAME]
    (saved,) = told(host, 1, command("checkpoint"))
    report = Report.read(host.report.encode())
    assert report == host.report
    assert saved.kind is Kind.CHECKPOINT
    assert (report.turns, report.frames, report.checkpoints) == (21, len(sent), 1)
    assert report.frame_bytes == sum(len(packet.payload) for packet in sent)
    assert report.turn_seconds > 0


@pytest.mark.parametrize(
    "link", ["speed=1e999", "speed=1e308", "percTrainData=1e999&dataset=xor", "rate=1e999", f"noise={'9' * 400}"]
)
def test_a_number_that_is_none_in_a_link_is_refused_and_the_others_go_on(link: str) -> None:
    host = Host(SETTINGS, Clock())
    for number in (1, 2):
        host.open(number, f"s{number}")
    told(host, 2, command("open", config=SMALL, play=True))
    (refused,) = told(host, 1, command("open", link=link))
    assert json.loads(refused.payload)["type"] == "refused"
    assert json.loads(refused.payload)["path"] == link.partition("=")[0]
    assert any(packet.session == 2 for _ in range(20) for packet in host.turn())


def test_what_cannot_be_encoded_costs_its_own_session_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    host = Host(SETTINGS, Clock())
    for number in (1, 2):
        host.open(number, f"s{number}")
    odd = Changed("l1", math.nan, {}, None)
    monkeypatch.setattr(host._seats[1].session, "obey", lambda order: [odd])
    host.receive(1, command("play"))
    assert Packet(Kind.LOST, 1) in host.turn()
    assert len(host) == 1
    assert "s1 failed" in caplog.text
    assert json.loads(told(host, 2, command("ping"))[0].payload)["type"] == "pong"


def test_messages_are_obeyed_in_their_order_as_many_as_fit_into_a_turn() -> None:
    host = Host(SETTINGS, Clock(tick_seconds=0.001))
    host.open(1, "s1")
    host.receive(1, command("open", config=SMALL))
    for number in range(20):
        host.receive(1, command("ask", id=number, what="weights", layer=0, unit=0))
    obeyed: list[int] = []
    numbers: list[int] = []
    while len(numbers) < 20:
        for packet in host.turn():
            if packet.kind is Kind.OBEYED:
                obeyed.append(int.from_bytes(packet.payload))
            elif packet.kind is Kind.TEXT and (answer := json.loads(packet.payload))["type"] == "answer":
                numbers.append(answer["id"])
    assert numbers == list(range(20))
    assert sum(obeyed) == 21
    assert max(obeyed) <= 4


@pytest.mark.parametrize("sockets", [1, 20])
@pytest.mark.parametrize("burst", BURSTS)
def test_a_burst_of_costly_orders_silences_nobody(burst: str, sockets: int) -> None:
    clock = Clock(tick_seconds=1e-6)
    honest = [Costly(clock, 0.004) for _ in range(10)]
    greedy = [Costly(clock, 0.004) for _ in range(sockets)]
    host = host_of(clock, *honest, *greedy)
    for number in range(10, 10 + sockets):
        for name in BURSTS[burst]:
            host.receive(number, command(name, **FIELDS.get(name, {})))
    longest, turns, since = 0.0, [0] * 10, [clock.now] * 10
    for _ in range(3000):
        begun = clock.now
        host.turn()
        for number, session in enumerate(honest):
            if session.turns > turns[number]:
                longest = max(longest, begun - since[number])
                turns[number], since[number] = session.turns, clock.now
    assert longest <= 0.25
    assert min(turns) > 50
    assert all(len(host._seats[number].inbox) < len(BURSTS[burst]) for number in range(10, 10 + sockets))


class Served:
    """A host's loop in a thread, with the web's end of the socket in hand."""

    def __init__(self) -> None:
        self.link, self.theirs = socket.socketpair()
        self.link.settimeout(60)
        self.decoder = Decoder()
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        with self.theirs:
            serve(self.theirs, Host(SETTINGS, time.monotonic))

    def send(self, *packets: Packet) -> None:
        self.link.sendall(b"".join(packet.encode() for packet in packets))

    def until(self, *kinds: Kind) -> list[Packet]:
        """Everything up to the first packet of each kind."""
        missing, found = set(kinds), []
        while missing:
            for packet in self.decoder.feed(self.link.recv(1 << 16)):
                found.append(packet)
                missing.discard(packet.kind)
        return found

    def ends(self) -> bool:
        self.thread.join(60)
        return not self.thread.is_alive()


def test_the_loop_serves_sessions_over_its_socket_and_ends_with_it() -> None:
    served = Served()
    served.send(Packet(Kind.OPEN, 5, b"s5"), Packet(Kind.TEXT, 5, command("open", config=SMALL).encode()))
    found = served.until(Kind.TEXT, Kind.FRAME, Kind.LOAD)
    (answer,) = (json.loads(packet.payload) for packet in found if packet.kind is Kind.TEXT)
    assert (answer["type"], answer["session"]) == ("opened", "s5")
    assert {packet.session for packet in found if packet.kind is not Kind.LOAD} == {5}
    served.link.close()
    assert served.ends()


def test_the_loop_ends_in_the_middle_of_training_too() -> None:
    served = Served()
    text = command("open", config=SMALL, play=True).encode()
    served.send(Packet(Kind.OPEN, 1, b"s1"), Packet(Kind.TEXT, 1, text))
    served.until(Kind.FRAME)
    served.link.close()
    assert served.ends()


def test_sessions_are_the_real_ones() -> None:
    host = Host(SETTINGS, Clock())
    host.open(1, "s1")
    assert isinstance(host._seats[1].session, Visit)


HEAVY: dict[str, Any] = {"layers": [{"units": 16, "neuron": "kan"}] * 6, "data": {"name": "xor", "count": 500}}


def test_a_newcomer_whom_a_full_host_cannot_take_is_sent_elsewhere_and_nobody_else_notices() -> None:
    host = Host(Settings(host_bytes=30_000_000), Clock())
    for number in (1, 2):
        host.open(number, f"s{number}")

    def kinds(number: int, config: dict[str, Any]) -> list[Kind]:
        return [packet.kind for packet in told(host, number, command("open", config=config, view={"visible": False}))]

    assert kinds(1, HEAVY) == [Kind.TEXT]
    taken = host.report.session_bytes
    assert taken > 15_000_000
    assert kinds(2, HEAVY) == [Kind.FULL]
    assert (len(host), host.report.session_bytes) == (1, taken)
    host.open(3, "s3")
    assert kinds(3, SMALL) == [Kind.TEXT]
    host.close(1)
    host.open(4, "s4")
    assert kinds(4, HEAVY) == [Kind.TEXT]


@pytest.mark.parametrize("message", [bytes(300_000), command("open", config={}, link="x" * 300_000)])
def test_what_is_on_its_way_takes_no_more_than_the_host_has_for_sessions(message: str | bytes) -> None:
    """Long messages that wait for their turn as well as what has come up."""
    host = Host(Settings(host_bytes=1_000_000, checkpoint_bytes=400_000), Clock())
    for number in range(10):
        host.open(number, "s")
        host.receive(number, message)
        assert host.report.session_bytes <= 1_000_000
    packets = [packet for _ in range(20) for packet in host.turn()]
    assert [packet.kind for packet in packets].count(Kind.FULL) == 7
    assert len(host) == 3


@pytest.mark.parametrize("config", [SMALL, HEAVY])
def test_what_a_closed_session_held_is_free_at_once(config: dict[str, Any]) -> None:
    """Not only when Python looks for circles, which it is kept from here."""
    host = Host(SETTINGS, Clock(tick_seconds=1e-4))

    def visit() -> None:
        host.open(1, "s")
        told(host, 1, bytes(100_000))
        told(host, 1, command("open", config=config, view={"lens": {}}))
        told(host, 1, command("step", epochs=2))
        told(host, 1, command("ask", id=1, what="gradcheck"))
        for _ in range(50):
            host.turn()
        host.close(1)

    visit()
    gc.collect()
    gc.disable()
    tracemalloc.start()
    try:
        visit()
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(5):
            visit()
        after, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        gc.enable()
    # Five sessions would be more than one; what is left is what Python keeps at hand for its next objects.
    assert after - before < (peak - before) / 2
