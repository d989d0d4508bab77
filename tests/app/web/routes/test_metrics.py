"""The figures are served as text."""

from starlette.testclient import TestClient

from tests.app.stage import SMALL


def test_the_figures_follow_a_session(client: TestClient) -> None:
    with client.websocket_connect("/live") as socket:
        socket.send_json({"type": "open", "config": SMALL})
        socket.receive_json()
        socket.receive_bytes()
        answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert 'neuron_playground_host_sessions{host="0"} 1.0' in answer.text
    assert answer.headers["cache-control"] == "no-store"
