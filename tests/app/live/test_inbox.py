"""Messages are read once, keep their order, and wait for a picture only where they would change what it shows."""

import json
from typing import Any

import pytest

from app.live import commands
from app.live.commands import COMMANDS
from app.live.inbox import SHORT, Inbox, read

LIMIT = 100_000
FIELDS: dict[str, dict[str, Any]] = {
    "open": {"config": {}},
    "speed": {"epochs_per_second": 3},
    "change": {"path": "batch", "value": 2},
    "edit": {"layer": 0, "param": "W", "index": [0, 0], "value": 1.0},
    "ask": {"id": 1, "what": "gradcheck"},
    "ack": {"frame": 0},
}


def message(name: str, **fields: Any) -> str:
    return json.dumps({"type": name, **(fields or FIELDS.get(name, {}))})


def inbox_of(*texts: str) -> Inbox:
    inbox = Inbox(LIMIT)
    for text in texts:
        inbox.put(text)
    return inbox


def test_orders_come_out_in_their_order() -> None:
    inbox = inbox_of(message("play"), message("ping"), "nonsense", message("pause"))
    names = []
    while len(inbox):
        order = inbox.take(painting=False)
        assert order is not None
        names.append(order.name)
    assert names == ["play", "ping", "", "pause"]
    assert inbox.take(painting=False) is None


@pytest.mark.parametrize("name", COMMANDS)
def test_only_what_alters_a_picture_waits_for_it(name: str) -> None:
    waits = {"open", "race", "memory", "reset", "change", "edit", "view"}
    inbox = inbox_of(message(name))
    order = inbox.take(painting=True)
    assert (order is None) == (name in waits)
    assert len(inbox) == (name in waits)


def test_nobody_overtakes_a_message_that_waits() -> None:
    inbox = inbox_of(message("reset"), message("ping"))
    assert inbox.take(painting=True) is None
    assert [order and order.name for order in (inbox.take(painting=False), inbox.take(painting=True))] == [
        "reset",
        "ping",
    ]


def test_what_may_take_long_is_known_before_it_is_obeyed() -> None:
    costly = {name for name in COMMANDS if inbox_of(message(name)).is_costly}
    assert costly == {"open", "race", "memory", "reset", "ask"}
    assert not inbox_of(message("ask", id=1, what="weights", layer=0, unit=0)).is_costly
    assert not inbox_of("nonsense").is_costly
    assert not Inbox(LIMIT).is_costly


def test_a_long_message_is_read_in_its_turn_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    read_texts = []

    def noted(text: str, limit_bytes: int) -> Any:
        read_texts.append(text)
        return parse(text, limit_bytes)

    parse = commands.parse
    monkeypatch.setattr(commands, "parse", noted)
    long = message("play") + " " * SHORT
    inbox = inbox_of(long, message("ping"))
    assert read_texts == [message("ping")]
    assert inbox.is_costly
    assert inbox.take(painting=True) is None
    order = inbox.take(painting=False)
    assert order is not None
    assert order.name == "play"
    assert read_texts == [message("ping"), long]


def test_a_mistake_is_an_order_like_any_other() -> None:
    order = read('{"type": "speed", "epochs_per_second": 0}', LIMIT)
    assert (order.name, order.command) == ("speed", None)
    assert order.error is not None
    assert order.error.path == "epochs_per_second"
    assert read("x" * (LIMIT + 1), LIMIT).error is not None
