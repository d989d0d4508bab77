"""A checkpoint in, a file out; what is no checkpoint of this server's size gets one sentence."""

import asyncio
import csv
import io
import json
from typing import Any

import numpy as np
import pytest
import safetensors.numpy
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Message, Receive

from app.hosts.backend import InProcess
from app.settings import Settings
from app.web.application import create_app
from app.web.routes.exports import FILES, export
from nncore import snapshot
from nncore.config import Config
from nncore.export import EXPORTS
from nncore.trainer import Trainer

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
    assert "known are numpy, torch, data, history" in answer.json()["message"]


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
    answer = client.post("/api/export/data", content=b"x" * 300_001)
    assert answer.status_code == 413
    assert "300000 bytes" in answer.json()["message"]


def application(**settings: Any) -> FastAPI:
    chosen = Settings(**settings)
    return create_app(chosen, InProcess(chosen))


def asked(app: FastAPI, receive: Receive) -> Response:
    """The answer to a request whose body comes from `receive`."""
    return asyncio.run(export(Request({"type": "http", "app": app}, receive), "data"))


async def whole() -> Message:
    return {"type": "http.request", "body": CHECKPOINT, "more_body": False}


async def never() -> Message:
    await asyncio.sleep(60)
    raise AssertionError


async def gone() -> Message:
    return {"type": "http.disconnect"}


def test_where_too_many_come_they_are_told_when_to_come_back() -> None:
    async def two_at_once() -> list[int]:
        app = application(exports=1)
        requests = [Request({"type": "http", "app": app}, whole) for _ in range(2)]
        answers = await asyncio.gather(*(export(request, "data") for request in requests))
        again = await export(Request({"type": "http", "app": app}, whole), "data")
        return [answer.status_code for answer in (*answers, again)]

    assert asyncio.run(two_at_once()) == [200, 503, 200]


def test_silent_bodies_hold_no_place() -> None:
    async def beside_silent_ones() -> list[int]:
        app = application(exports=1, request_seconds=0.2)
        requests = [Request({"type": "http", "app": app}, receive) for receive in (never, never, never, never, whole)]
        answers = await asyncio.gather(*(export(request, "data") for request in requests))
        return [answer.status_code for answer in answers]

    assert asyncio.run(beside_silent_ones()) == [408, 408, 408, 408, 200]


def test_a_body_that_does_not_arrive_is_given_up() -> None:
    answer = asked(application(request_seconds=0.05), never)
    assert answer.status_code == 408
    assert b"too long to arrive" in bytes(answer.body)


def test_a_client_that_leaves_leaves_nothing_behind() -> None:
    assert asked(application(), gone).status_code == 400
