"""The live connection in requests, as a client of the reference speaks it."""

import struct
from typing import Any

import pytest
from starlette.testclient import TestClient

SMALL = '{"type": "open", "config": {"layers": [{"units": 2}], "data": {"name": "xor", "count": 40}}}'


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<BI", kind, len(data)) + data


def records(body: bytes) -> list[tuple[int, bytes]]:
    found = []
    while body:
        kind, length = struct.unpack_from("<BI", body)
        found.append((kind, body[5 : 5 + length]))
        body = body[5 + length :]
    return found


@pytest.fixture
def secret(client: TestClient) -> Any:
    answer = client.post("/live/session", headers={"origin": "null"})
    assert answer.status_code == 201
    secret = answer.json()["session"]
    yield secret
    client.post("/live/leave", content=f"{secret} 0\n")


def test_a_session_is_opened_and_watched(client: TestClient, secret: str) -> None:
    body = f"{secret} 1\n".encode() + record(0, SMALL.encode())
    assert client.post("/live/send", content=body).status_code == 204
    assert client.post("/live/send", content=body).status_code == 204
    heard: list[tuple[int, bytes]] = []
    number = 0
    while not any(kind == 1 for kind, _ in heard):
        number += 1
        answer = client.post("/live/receive", content=f"{secret} {number}\n")
        assert "no-store" in answer.headers["cache-control"]
        assert answer.headers["access-control-allow-origin"] == "*", "a sandboxed frame reads it, too"
        heard += records(answer.content)
    assert [b'"type":"opened"' in data for kind, data in heard if kind == 0] == [True], "opened once"


def test_what_a_reader_is_told_is_a_notice(client: TestClient) -> None:
    told = client.post("/live/session").json()
    assert (told["notice"]["type"], told["notice"]["key"]) == ("notice", "polling.blocked")
    assert told["notice"]["message"].startswith("This network blocks")
    client.post("/live/leave", content=f"{told['session']} 0\n")


@pytest.mark.parametrize("body", [b"", b"\n", b"x", b"x y\n", b"x 1", b"x" * 90 + b" 1\n", b"\xff 1\n", b"unknown 1\n"])
@pytest.mark.parametrize("what", ["send", "receive", "leave"])
def test_who_does_not_know_the_secret_is_told_that_nothing_is_there(client: TestClient, what: str, body: bytes) -> None:
    answer = client.post(f"/live/{what}", content=body)
    assert (answer.status_code, answer.json()["key"]) == (410, "refused.live_session")


def test_what_holds_no_messages_is_refused_and_the_session_stays(client: TestClient, secret: str) -> None:
    answer = client.post("/live/send", content=f"{secret} 1\nnonsense")
    assert (answer.status_code, answer.json()["key"]) == (422, "refused.live_messages")
    body = f"{secret} 1\n".encode() + record(0, b'{"type": "ping"}')
    assert client.post("/live/send", content=body).status_code == 204


def test_a_body_longer_than_the_server_reads_is_refused(client: TestClient, secret: str) -> None:
    body = f"{secret} 1\n".encode() + record(0, b"x" * 100_000)
    assert client.post("/live/send", content=body).status_code == 413


@pytest.mark.parametrize("what", ["session", "send", "receive", "leave"])
def test_another_site_s_page_may_not(client: TestClient, what: str) -> None:
    assert client.post(f"/live/{what}", headers={"origin": "http://evil.example"}).status_code == 403
    own = {"origin": "http://evil.example", "own-page": "1"}
    answer = client.post(f"/live/{what}", headers=own)
    assert answer.status_code == (201 if what == "session" else 410)
    client.post("/live/leave", content=f"{answer.json().get('session')} 0\n")
    asked = client.options(
        f"/live/{what}",
        headers={
            "origin": "null",
            "access-control-request-method": "POST",
            "access-control-request-headers": "own-page",
        },
    )
    assert not asked.is_success, "no page of elsewhere is given leave to send the header"
    assert "access-control-allow-headers" not in asked.headers
