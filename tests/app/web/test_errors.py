"""What cannot be answered is told in the words of the live socket."""

import json
from collections.abc import Iterator

import pytest
from starlette.requests import ClientDisconnect
from starlette.testclient import TestClient

from app.errors import Busy
from app.hosts.backend import InProcess
from app.settings import Settings
from app.web.application import create_app
from app.web.errors import refused, too_busy
from app.web.security import headers_for
from nncore.errors import UnknownName
from nncore.sentence import Sentence


def test_a_mistake_is_told_with_its_place_and_what_is_known() -> None:
    answer = refused(UnknownName.of("neuron type", "kam", ("kan", "linear"), "neuron"), 404)
    body = json.loads(bytes(answer.body))
    assert answer.status_code == 404
    assert (body["code"], body["path"], body["known"]) == ("unknown", "neuron", ["kan", "linear"])
    assert body["message"].startswith("neuron: ")


def test_who_finds_no_room_is_told_when_to_come_back() -> None:
    answer = too_busy(Busy(Sentence("busy.full", "Full."), 2.5))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
    assert json.loads(bytes(answer.body)) == {"message": "Full.", "retry_after": 2.5}


class Broken(TestClient):
    """A client of an application in which everything at /broken/... fails."""

    @classmethod
    def made(cls) -> "Broken":
        settings = Settings()
        app = create_app(settings, InProcess(settings))

        @app.get("/broken/{how}")
        @app.get("/api/broken/{how}")
        def broken(how: str) -> None:
            raise {
                "busy": Busy(Sentence("busy.full", "Full."), 2.5),
                "gone": ClientDisconnect(),
                "us": ZeroDivisionError("a visitor's words"),
            }[how]

        return cls(app, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with Broken.made() as client:
        yield client


@pytest.mark.parametrize("path", ["/broken/us", "/api/broken/us"])
def test_our_own_mistake_carries_the_headers_of_every_answer(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 500
    assert {name: answer.headers[name] for name in headers_for(path)} == headers_for(path)
    assert "words" not in answer.text
    assert "Traceback" not in answer.text


def test_what_a_route_lets_through_is_answered(client: TestClient) -> None:
    assert client.get("/broken/gone").status_code == 400
    busy = client.get("/broken/busy")
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "3")
    assert busy.headers["x-content-type-options"] == "nosniff"
