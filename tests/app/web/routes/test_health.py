"""The health check tells of every host, and fails when none lives."""

import pytest
from starlette.testclient import TestClient

from app import __version__
from app.hosts.backend import HostStatus


def test_a_healthy_server_says_so(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["status"], told["version"]) == ("ok", __version__)
    assert told["hosts"] == [{"alive": True, "sessions": 0, "load": told["hosts"][0]["load"], "restarts": 0}]


def test_a_server_without_hosts_is_unavailable(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client.app.services.backend, "status", lambda: [HostStatus(False, 0, 0.0, 3)])  # type: ignore[attr-defined]
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "unavailable"


def test_a_server_that_shuts_down_is_alive_but_wants_no_more_visitors(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/readyz").json() == {"status": "ready"}
    monkeypatch.setattr(client.app.services.backend.admission, "closing", True)  # type: ignore[attr-defined]
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "closing"})
    assert client.get("/healthz").status_code == 200


def test_a_server_without_hosts_is_not_ready(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client.app.services.backend, "status", lambda: [HostStatus(False, 0, 0.0, 3)])  # type: ignore[attr-defined]
    assert (client.get("/readyz").status_code, client.get("/readyz").json()) == (503, {"status": "starting"})
