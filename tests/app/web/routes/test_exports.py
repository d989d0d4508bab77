"""A checkpoint in, a file out; what is no checkpoint of this server's size gets one sentence."""

import asyncio
import csv
import io
import json
import math
import sys
from typing import Any

import numpy as np
import pytest
import safetensors.numpy
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message

from app.hosts.backend import InProcess
from app.settings import Settings
from app.web.application import create_app
from app.web.routes.exports import FILES
from nncore import snapshot
from nncore.config import Config
from nncore.export import EXPORTS
from nncore.trainer import Trainer
from tests.app.web.routes.conftest import SETTINGS

TRAINER = Trainer(
    Config.from_json({"layers": [{"units": 3, "neuron": "quadratic"}], "data": {"name": "xor", "count": 60}})
).run(4)
CHECKPOINT = snapshot.save(TRAINER)


def test_every_export_has_a_file_of_its_kind() -> None:
    assert set(FILES) == set(EXPORTS)


@pytest.mark.parametrize("what", EXPORTS)
def test_a_checkpoint_comes_back_as_a_file(what: str, client: TestClient) -> None:
    answer = client.post(f"/api/export/{what}", content=CHECKPOINT)
    assert answer.status_code == 200
    name, media_type = FILES[what]
    assert answer.headers["content-type"].startswith(media_type)
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text == EXPORTS[what](TRAINER)


def test_the_code_predicts_what_the_run_predicts(client: TestClient) -> None:
    names: dict[str, Any] = {"__name__": "taken_home"}
    exec(client.post("/api/export/numpy", content=CHECKPOINT).text, names)  # our own answer
    places = np.random.default_rng(0).uniform(-1, 1, (20, 2))
    np.testing.assert_allclose(names["predict"](places), TRAINER.predict(places), atol=1e-6)


def test_the_history_is_the_runs(client: TestClient) -> None:
    rows = list(csv.reader(io.StringIO(client.post("/api/export/history", content=CHECKPOINT).text)))
    assert [row[0] for row in rows] == ["epoch", "0", "1", "2", "3", "4"]


@pytest.mark.parametrize("what", EXPORTS)
def test_a_run_whose_gradient_overflowed_is_exported_like_any_other(what: str, client: TestClient) -> None:
    layers = [{"units": 8, "activation": "square"}] * 4
    adam = {"name": "adam", "learning_rate": 0.3}
    hot = {"layers": layers, "data": {"name": "hills", "count": 60}, "batch": 5, "optimizer": adam}
    trainer = Trainer(Config.from_json(hot)).run(12)
    assert trainer.diverged is not None
    answer = client.post(f"/api/export/{what}", content=snapshot.save(trainer))
    assert (answer.status_code, answer.text) == (200, EXPORTS[what](trainer))


def test_an_unknown_export_is_told_which_there_are(client: TestClient) -> None:
    answer = client.post("/api/export/jax", content=CHECKPOINT)
    assert answer.status_code == 404
    assert "available: numpy, torch, data, history" in answer.json()["message"]


@pytest.mark.parametrize("body", [b"", b"nonsense" * 20, CHECKPOINT[:-1], CHECKPOINT[:400], b"\xff" * 64])
def test_what_is_no_checkpoint_is_refused(body: bytes, client: TestClient) -> None:
    answer = client.post("/api/export/numpy", content=body)
    assert answer.status_code == 422
    assert answer.json()["message"].startswith("checkpoint: ")


def test_a_run_larger_than_this_server_trains_is_refused_before_it_is_built(client: TestClient) -> None:
    tensors, body = safetensors.numpy.load(CHECKPOINT), snapshot.read_body(CHECKPOINT, "checkpoint")
    body["config"]["layers"] = [{"units": 10_000, "neuron": "bilinear_form"}]
    huge = safetensors.numpy.save(tensors, {"kind": "checkpoint", "body": json.dumps(body)})
    answer = client.post("/api/export/torch", content=huge)
    assert answer.status_code == 422
    assert "layers[0].units" in answer.json()["message"]


def test_a_body_over_the_limit_is_not_read_to_its_end(client: TestClient) -> None:
    answer = client.post("/api/export/data", content=b"x" * 1_000_001)
    assert answer.status_code == 413
    assert "1000000 bytes" in answer.json()["message"]


def test_every_refusal_is_said_in_any_language(client: TestClient) -> None:
    """Once these said their English alone."""
    for what, body, status, key in (
        ("jax", CHECKPOINT, 404, "refused.unknown"),
        ("data", b"nonsense", 422, "refused.no_snapshot"),
        ("data", b"x" * 1_000_001, 413, "refused.long_checkpoint"),
    ):
        answer = client.post(f"/api/export/{what}", content=body)
        assert (answer.status_code, answer.json()["key"]) == (status, key)
        assert set(answer.json()) == {"code", "path", "message", "known", "key", "values"}


def test_where_too_many_wait_they_are_told_when_to_come_back(client: TestClient) -> None:
    """In words of any language: once it was English alone."""
    places = client.app.services.files._places  # type: ignore[attr-defined]
    for _ in range(SETTINGS.jobs_waiting_per_address):
        places.enter("testclient")
    answer = client.post("/api/export/data", content=CHECKPOINT)
    for _ in range(SETTINGS.jobs_waiting_per_address):
        places.leave("testclient")
    assert (answer.status_code, answer.json()["key"]) == (503, "say.busy_jobs")
    assert answer.headers["retry-after"] == str(math.ceil(SETTINGS.busy_retry_seconds))
    assert client.post("/api/export/data", content=CHECKPOINT).status_code == 200


def test_silent_bodies_hold_no_place_of_those_who_send_one(client: TestClient) -> None:
    """Four sockets that sent nothing once held every export of everybody."""
    app = client.app
    left = asyncio.Event()

    async def story() -> int:
        files = app.services.files  # type: ignore[attr-defined]
        silent = [asyncio.create_task(post(app, left)) for _ in range(200)]
        for _ in range(20):
            await asyncio.sleep(0)
        taken = files._places._taken.total()
        left.set()
        assert await asyncio.gather(*silent) == [400] * 200
        return int(taken)

    assert asyncio.run(story()) == 0


async def post(app: ASGIApp, left: asyncio.Event) -> int:
    """A request whose body never comes to its end; its client leaves when `left` is set."""
    status = [0]

    async def receive() -> Message:
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        status[0] = message.get("status", status[0])

    scope = {"type": "http", "method": "POST", "path": "/api/export/data", "query_string": b"", "headers": []}
    await app(scope | {"client": ("192.0.2.1", 1), "server": ("here", 80), "scheme": "http"}, receive, send)
    return status[0]


def test_an_export_is_made_outside_the_web_process(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four of them once took the web process from 98 to 737 MB."""

    def never(*given: object, **more: object) -> None:
        raise AssertionError("a run was built in the web process")

    monkeypatch.setattr(Trainer, "__init__", never)
    assert client.post("/api/export/numpy", content=CHECKPOINT).status_code == 200


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds a process's data")
def test_an_export_that_would_take_too_much_memory_is_refused() -> None:
    settings = Settings(
        job_bytes=150_000_000,
        units=64,
        points=20_000,
        session_bytes=10**9,
        host_bytes=10**9,
        checkpoint_bytes=10**8,
    )
    layers = [{"units": 64, "neuron": {"name": "kan", "grid": 20}}] * 6
    trainer = Trainer(Config.from_json({"layers": layers, "data": {"name": "spirals", "count": 20_000}}))
    with TestClient(create_app(settings, InProcess(settings))) as small:
        answer = small.post("/api/export/numpy", content=snapshot.save(trainer))
        assert (answer.status_code, answer.json()["key"]) == (422, "refused.job_memory")
        assert answer.json()["values"] == {"limit": 150}
        assert small.post("/api/export/numpy", content=CHECKPOINT).status_code == 200
