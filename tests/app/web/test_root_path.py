"""The path of a proxy, whether it was taken off or not."""

import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from app.hosts.backend import InProcess
from app.settings import OWN_PATHS, Settings
from app.web.application import create_app


def client_of(path: str) -> TestClient:
    """As the web server hands requests on: with the path before whatever was asked for."""
    settings = Settings(root_path=path)
    app = create_app(settings, InProcess(settings))

    async def serving(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            root = settings.root_path
            scope = {
                **scope,
                "root_path": root,
                "path": root + scope["path"],
                "raw_path": (root + scope["path"]).encode(),
            }
        await app(scope, receive, send)

    return TestClient(serving)


@pytest.mark.parametrize("left_on", ["", "/play/neurons"])
def test_every_address_is_there_either_way(left_on: str) -> None:
    with client_of("/play/neurons") as client:
        assert "<!doctype html>" in client.get(f"{left_on}/").text.lower()
        catalog = client.get(f"{left_on}/api/catalog")
        assert catalog.json()["default"]
        assert catalog.headers["access-control-allow-origin"] == "*"
        assert client.get(f"{left_on}/nothing").status_code == 404
        assert client.post(f"{left_on}/live/session").status_code == 201
        with client.websocket_connect(f"{left_on}/live") as socket:
            socket.send_json({"type": "ping"})
            assert socket.receive_json() == {"type": "pong"}


def test_without_its_slash_a_visitor_is_sent_on() -> None:
    with client_of("/play/neurons") as client:
        answer = client.get("/play/neurons?data=xor", follow_redirects=False)
        assert answer.status_code == 307
        assert answer.headers["location"] == "neurons/?data=xor"
        assert "content-security-policy" in answer.headers or answer.text == ""


def test_a_path_like_one_of_our_own_is_refused() -> None:
    settings = Settings()
    paths = create_app(settings, InProcess(settings)).openapi()["paths"]
    assert {path.split("/")[1] for path in paths} - {""} <= OWN_PATHS
    for name in OWN_PATHS:
        with pytest.raises(ValueError, match="must not begin like an address of this server's own"):
            Settings(root_path=f"/{name}/x")
