"""The socket carries messages both ways, refuses in words, and closes with the right code."""

import base64
import json
import time
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from app.hosts.backend import InProcess
from app.live.frames import read
from app.settings import Settings
from app.web.application import create_app
from nncore import snapshot
from nncore.config import Config
from nncore.trainer import Trainer

SMALL: dict[str, Any] = {"layers": [{"units": 2}], "data": {"name": "xor", "count": 40}}


def test_a_session_is_opened_trained_and_watched(client: TestClient) -> None:
    with client.websocket_connect("/live") as socket:
        socket.send_json({"type": "open", "config": SMALL, "speed": None})
        assert socket.receive_json()["type"] == "opened"
        assert read(socket.receive_bytes())[1]["frame"] == 1
        socket.send_json({"type": "ack", "frame": 1})
        socket.send_json({"type": "step", "epochs": 5})
        kinds = {}
        while "checkpoint" not in kinds:
            kind, body, _ = read(socket.receive_bytes())
            kinds[kind] = body
        assert kinds["checkpoint"]["epoch"] == 5


@pytest.mark.parametrize(
    ("text", "code"),
    [("{", "json"), ('{"type": "play"}', "order"), ('{"type": "play", "x": "' + "x" * 30_000 + '"}', "size")],
)
def test_a_wrong_message_is_refused_and_the_socket_stays_open(client: TestClient, text: str, code: str) -> None:
    with client.websocket_connect("/live") as socket:
        socket.send_text(text)
        refused = socket.receive_json()
        assert (refused["type"], refused["code"]) == ("refused", code)
        socket.send_json({"type": "open", "config": SMALL})
        assert socket.receive_json()["type"] == "opened"


def test_a_binary_message_is_part_of_a_checkpoint(client: TestClient) -> None:
    data = snapshot.save(Trainer(Config.from_json(SMALL)).run(2))
    with client.websocket_connect("/live") as socket:
        socket.send_bytes(data[:100])
        socket.send_bytes(data[100:])
        socket.send_json({"type": "open", "uploaded": len(data)})
        opened = socket.receive_json()
        assert (opened["type"], opened["resumed"], opened["epoch"]) == ("opened", True, 2)


def test_a_checkpoint_opens_another_socket(client: TestClient) -> None:
    with client.websocket_connect("/live") as socket:
        socket.send_json({"type": "open", "config": SMALL, "view": {"visible": False}})
        socket.receive_json()
        socket.send_json({"type": "checkpoint"})
        checkpoint = base64.b64encode(socket.receive_bytes()).decode()
    with client.websocket_connect("/live") as socket:
        socket.send_text(json.dumps({"type": "open", "checkpoint": checkpoint}))
        answer = socket.receive_json()
        assert (answer["type"], answer["resumed"]) == ("opened", True)


def test_one_socket_too_many_is_told_so_and_closed(client: TestClient) -> None:
    with client.websocket_connect("/live"), client.websocket_connect("/live"):
        with client.websocket_connect("/live") as third:
            answer = third.receive_json()
            assert (answer["type"], answer["retry_after"]) == ("busy", 15.0)
            with pytest.raises(WebSocketDisconnect) as caught:
                third.receive_json()
        assert caught.value.code == 1013


def test_a_lost_session_closes_its_socket_so_that_the_page_comes_back(client: TestClient) -> None:
    backend = client.app.services.backend  # type: ignore[attr-defined]
    with client.websocket_connect("/live") as socket:
        socket.send_json({"type": "open", "config": SMALL, "view": {"visible": False}})
        socket.receive_json()
        (connection,) = backend._connections()
        client.portal.call(connection.lose)  # type: ignore[union-attr]
        with pytest.raises(WebSocketDisconnect) as caught:
            socket.receive_json()
    assert caught.value.code == 1011


def test_a_closed_socket_frees_its_place(client: TestClient) -> None:
    for _ in range(5):
        with client.websocket_connect("/live") as socket:
            socket.send_json({"type": "open", "config": SMALL})
            socket.receive_json()


def test_a_socket_that_says_nothing_is_closed() -> None:
    settings = Settings(open_seconds=0.2)
    with TestClient(create_app(settings, InProcess(settings))) as client:
        with client.websocket_connect("/live") as silent, pytest.raises(WebSocketDisconnect) as caught:
            silent.receive_json()
        assert caught.value.code == 1008
        with client.websocket_connect("/live") as socket:
            socket.send_json({"type": "ping"})
            assert socket.receive_json() == {"type": "pong"}
            time.sleep(0.4)
            socket.send_json({"type": "ping"})
            assert socket.receive_json() == {"type": "pong"}


def test_a_flood_is_read_no_faster_than_allowed_and_answered_in_full() -> None:
    settings = Settings(messages_per_second=100.0, messages_at_once=10)
    with TestClient(create_app(settings, InProcess(settings))) as client, client.websocket_connect("/live") as socket:
        begun = time.monotonic()
        for _ in range(60):
            socket.send_json({"type": "ping"})
        assert [socket.receive_json() for _ in range(60)] == [{"type": "pong"}] * 60
        assert time.monotonic() - begun > 0.3
        assert "slowed_messages_total 0.0" not in client.get("/metrics").text
