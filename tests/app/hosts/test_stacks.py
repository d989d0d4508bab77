"""Sessions of one shape train together, and none of them notices: numbers, frames, moments, time that it is charged.

Every session is watched: what it was told at which step, what it showed at which step. Then a run alone lives the same
life, and every bit is compared.
"""

import json
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from app.hosts import stacks
from app.hosts.host import Host
from app.hosts.ipc import Kind, Packet
from app.hosts.turns import Seat
from app.live import commands, frames
from app.live.events import Checkpoint, Frame
from app.live.frames import Caption, Painter
from app.live.inbox import Order
from app.live.machine import Outgoing
from app.live.session import Session
from app.settings import Settings
from nncore import snapshot
from nncore.config import Config
from nncore.editing import edit
from nncore.stack import Stack
from nncore.trainer import Trainer
from tests.app.clock import Clock

SETTINGS = Settings(turn_seconds=0.004, checkpoint_seconds=0.5)
SHAPE: dict[str, Any] = {
    "layers": [{"units": 3, "activation": "rrelu", "dropout": 0.1}, {"units": 3}],
    "data": {"name": "spirals", "count": 70},
}
BATCH_SECONDS = 2e-4
VIEW: dict[str, Any] = {"unit_pixels": 4, "output_pixels": 6, "frames_per_second": 20.0}


def command(name: str, **fields: Any) -> str:
    return json.dumps({"type": name, **fields})


class Watched:
    """A session on a host, and all that has happened to it, each with the step at which it did."""

    def __init__(self, host: Host, number: int, config: dict[str, Any], speed: float | None) -> None:
        self.host, self.number, self.config = host, number, config
        self.life: list[tuple[int, Any]] = []
        host.open(number, f"s{number}")
        self.seat = host._seats[number]
        session = self.seat.session
        obey, advance, trained = session.obey, session.advance, session.trained

        def obeyed(order: Order) -> list[Outgoing]:
            before = self.run if self.machine.is_open else None
            # A picture that is begun is finished first, and so shows what was before.
            painted = self.machine.painting and order.alters_the_picture
            step = before.step if before else 0
            said = obey(order)
            self.note(said[:1] if painted else [])
            self.life.append((step, order.command))
            if self.run is not before:
                self.life.append((0, Trainer(self.run.config)))
            self.note(said[1:] if painted else said)
            return said

        def noted(act: Callable[..., list[Outgoing]]) -> Callable[..., list[Outgoing]]:
            def acted(*given: Any) -> list[Outgoing]:
                said = act(*given)
                self.note(said)
                return said

            return acted

        for name, act in (("obey", obeyed), ("advance", noted(advance)), ("trained", noted(trained))):
            setattr(session, name, act)
        self.say("open", config=config, speed=speed, play=True, view=VIEW)

    @property
    def machine(self) -> Session:
        machine = self.seat.session._machine
        assert isinstance(machine, Session)
        return machine

    @property
    def run(self) -> Trainer:
        assert isinstance(self.machine._trainer, Trainer)
        return self.machine._trainer

    def say(self, name: str, **fields: Any) -> None:
        self.host.receive(self.number, command(name, **fields))

    def note(self, said: list[Outgoing]) -> None:
        """What is shown and saved, when it is, and at which step."""
        for one in said:
            if isinstance(one, Frame):
                _, body, arrays = frames.read(one.data)
                self.life.append((body["step"], (body, arrays)))
            elif isinstance(one, Checkpoint):
                self.life.append((snapshot.load(one.data).step, one.data))

    def hear(self, packet: Packet) -> None:
        if packet.kind is Kind.FRAME:
            self.say("ack", frame=frames.read(packet.payload)[1]["frame"])

    def live_alone(self) -> Trainer:
        """The same life, as a run alone has it; every frame and every checkpoint is compared on the way."""
        run, painter = Trainer(Config.from_json(self.config)), Painter(VIEW["unit_pixels"], VIEW["output_pixels"])
        for step, event in self.life:
            if isinstance(event, Trainer):
                run = event
            run.advance(step - run.step)
            assert run.step == step
            match event:
                case bytes():
                    assert same(snapshot.save(run), event)
                case (body, arrays):
                    facts = (body["frame"], body["playing"], body["epochs_per_second"], body["load"])
                    _, own, shown = frames.read(painter.paint(run, Caption(*facts, body["history_start"])))
                    assert all(own[key] == body[key] for key in ("epoch", "loss", "accuracy", "edits"))
                    assert {name: array.tobytes() for name, array in shown.items()} == {
                        name: array.tobytes() for name, array in arrays.items()
                    }
                case commands.Play() | commands.Step():
                    run.clear_divergence()
                case commands.Change(path=path, value=value):
                    run.change(path, value)
                case commands.Edit():
                    edit(run, event.layer, event.param, event.index, event.value)
                case commands.Reset():
                    run.reset()
        return run


def same(one: bytes, other: bytes) -> bool:
    """Whether two snapshots hold the same; the order of a header is not the same every time."""
    bodies = [snapshot.read_body(data, "checkpoint") for data in (one, other)]
    arrays = [{name: a.tobytes() for name, a in frames.read(data)[2].items()} for data in (one, other)]
    return bodies[0] == bodies[1] and arrays[0] == arrays[1]


def turns(host: Host, clock: Clock, watched: list[Watched], count: int) -> None:
    by_number = {one.number: one for one in watched}
    for _ in range(count):
        for packet in host.turn():
            if packet.session in by_number:
                by_number[packet.session].hear(packet)
        due = host.due()
        if due is not None:
            clock.now = max(clock.now, due)


def act(one: Watched, dice: random.Random) -> None:
    name = dice.choice(["pause", "play", "play", "step", "speed", "rate", "batch", "penalty", "edit", "reset", "until"])
    name = dice.choice([name, name, name, "optimizer", "view", "reopen", "checkpoint", "hot"])
    match name:
        case "step":
            one.say("step", epochs=dice.randint(1, 5))
        case "speed":
            one.say("speed", epochs_per_second=dice.choice([None, 3.0, 10.0, 100.0]))
        case "rate":
            one.say("change", path="optimizer.learning_rate", value=dice.choice([0.001, 0.05]))
        case "hot":
            one.say("change", path="optimizer.learning_rate", value=10.0)
        case "batch":
            one.say("change", path="batch", value=dice.choice([10, 10, 12, 4]))
        case "penalty":
            one.say("change", path="l2", value=dice.choice([0.0, 0.1]))
        case "optimizer":
            one.say("change", path="optimizer", value=dice.choice(["sgd", "adam", "adam"]))
        case "edit":
            one.say("edit", layer=0, param="W", index=[0, 1], value=dice.uniform(-1, 1))
        case "until":
            one.say("until", at=dice.choice(["solved", "plateau", None, one.run.epoch + 3]))
        case "view":
            one.say("view", visible=dice.random() < 0.7)
        case "reopen":
            one.say("open", config={**SHAPE, "seeds": {"run": dice.randint(0, 9)}}, play=True)
        case _:
            one.say(name)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_sessions_do_none_notices_that_they_train_together(seed: int, clock: Clock) -> None:
    dice = random.Random(seed)
    host = Host(SETTINGS, clock)
    watched: list[Watched] = []
    for number in range(6):
        config = {**SHAPE, "seeds": {"run": number, "data": number % 3}}
        watched.append(Watched(host, number, config, dice.choice([None, 10.0, 100.0, 10.0])))
    turns(host, clock, watched, 60)
    for _ in range(25):
        act(dice.choice(watched), dice)
        turns(host, clock, watched, dice.randint(1, 40))
    assert host._stacks._proven, "some have trained together"
    assert not host._stacks._refused
    for one in watched:
        alone, run = one.live_alone(), one.run
        alone.advance(run.step - alone.step)
        assert same(snapshot.save(run), snapshot.save(alone))
        assert run.network.grad.tobytes() == alone.network.grad.tobytes()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It moves by what is trained: alone or in a stack, a batch takes as long."""
    clock, advance, train = Clock(tick_seconds=1e-6), Trainer.advance, Stack._train

    def alone(self: Trainer, steps: int) -> int:
        done = advance(self, steps)
        clock.now += BATCH_SECONDS * done
        return done

    def together(self: Stack, count: int, start: int, length: int) -> np.ndarray | None:
        clock.now += BATCH_SECONDS * length
        return train(self, count, start, length)

    monkeypatch.setattr(Trainer, "advance", alone)
    monkeypatch.setattr(Stack, "_train", together)
    return clock


def class_of(clock: Clock, count: int, speed: float | None = 10.0) -> tuple[Host, list[Watched]]:
    host = Host(SETTINGS, clock)
    return host, [Watched(host, n, {**SHAPE, "seeds": {"run": n}}, speed) for n in range(count)]


def test_a_class_at_one_speed_trains_in_one_stack_and_keeps_its_pace(clock: Clock) -> None:
    host, watched = class_of(clock, 5)
    turns(host, clock, watched, 200)
    begun, epochs = clock.now, [one.run.epoch for one in watched]
    sizes = []
    advance = Stack.advance

    def count(self: Stack, runs: list[Trainer], batches: int) -> None:
        sizes.append(len(runs))
        advance(self, runs, batches)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stack, "advance", count)
        turns(host, clock, watched, 600)
    seconds = clock.now - begun
    assert seconds > 1
    for one, before in zip(watched, epochs, strict=True):
        assert one.run.epoch - before == pytest.approx(10 * seconds, abs=2)
    assert set(sizes) == {5}
    assert {one.run.offset for one in watched} == {0}


def test_each_is_charged_its_share(clock: Clock) -> None:
    host, watched = class_of(clock, 4, speed=None)
    turns(host, clock, watched, 40)
    advance = Stack.advance

    def slowly(self: Stack, runs: list[Trainer], batches: int) -> None:
        advance(self, runs, batches)
        clock.now += 0.4

    spent = [one.seat.spent for one in watched]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stack, "advance", slowly)
        host.turn()
    assert [one.seat.spent - before for one, before in zip(watched, spent, strict=True)] == pytest.approx(
        [0.1] * 4, rel=0.05
    )
    assert host.measure() > 0.9


def test_one_of_another_shape_trains_alone_and_nothing_is_built_for_it(clock: Clock) -> None:
    host, watched = class_of(clock, 1)
    watched.append(Watched(host, 7, {**SHAPE, "layers": [{"units": 5}]}, None))
    watched.append(Watched(host, 8, {**SHAPE, "batch": 7}, None))
    watched.append(Watched(host, 9, {**SHAPE, "batch": 7}, None))
    turns(host, clock, watched, 400)
    assert all(one.run.epoch > 3 for one in watched)
    assert host._stacks.nbytes == 0


def test_whoever_is_left_alone_goes_on_alone_at_once(clock: Clock) -> None:
    host, watched = class_of(clock, 2, speed=None)
    turns(host, clock, watched, 40)
    host.close(watched[0].number)
    before = watched[1].run.step
    host.turn()
    assert watched[1].run.step > before
    assert host._stacks.company(watched[1].seat) == []


@pytest.mark.parametrize("fault", ["rounds otherwise", "fails at first", "fails later"])
def test_where_a_stack_is_not_to_be_trusted_each_trains_alone(
    fault: str, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    if fault == "rounds otherwise":
        monkeypatch.setattr(Stack, "agrees", lambda *_: False)
    host, watched = class_of(clock, 3, speed=None)
    if fault == "fails later":
        turns(host, clock, watched, 60)
        assert host._stacks._proven
    if fault != "rounds otherwise":
        monkeypatch.setattr(Stack, "_train", fail)
    turns(host, clock, watched, 60)
    assert host._stacks._refused
    assert host._stacks.nbytes == 0
    assert "trained alone" in caplog.text or "round otherwise" in caplog.text
    for one in watched:
        alone = one.live_alone()
        alone.advance(one.run.step - alone.step)
        assert same(snapshot.save(one.run), snapshot.save(alone))


def test_the_bytes_of_stacks_are_bounded_and_counted(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stacks, "MOST_BYTES", 20_000)
    host, watched = class_of(clock, 2, speed=None)
    for place, units in enumerate((4, 5, 6, 7)):
        config = {**SHAPE, "layers": [{"units": units}] * 2}
        watched += [Watched(host, 10 + 2 * place + n, config, None) for n in range(2)]
    turns(host, clock, watched, 400)
    assert 1 <= len(host._stacks._stacks) < 5
    charged = sum(one.seat.session.account.total for one in watched)
    assert host.report.session_bytes == charged + host._stacks.nbytes
    assert host._stacks.nbytes <= 20_000 or len(host._stacks._stacks) == 1


def test_a_run_whose_batches_are_too_large_is_not_stacked(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stacks, "STACK_BYTES", 1000)
    host, watched = class_of(clock, 2, speed=None)
    turns(host, clock, watched, 60)
    assert host._stacks.nbytes == 0
    assert all(one.run.epoch > 3 for one in watched)


def test_rank_decides_where_not_all_have_room(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stacks, "SIZES", (2, 3))
    host, watched = class_of(clock, 6, speed=None)
    turns(host, clock, watched, 300)
    steps = np.array([one.run.step for one in watched])
    assert steps.min() > 0.7 * steps.max()
    assert isinstance(watched[0].seat, Seat)
