"""Pictures over HTTP: made once, kept by whoever asks, refused in one sentence."""

import asyncio
import io

import pytest
import segno
from PIL import Image
from starlette.testclient import TestClient
from starlette.types import Message

from app.hosts.backend import InProcess
from app.settings import Settings
from app.web.application import create_app
from app.web.services import Playground
from tests.app.jobs.bench import Bench, settle
from tests.app.web.routes.conftest import SETTINGS


def test_a_poster_and_the_same_poster_again(client: TestClient) -> None:
    address = "/poster.png?epochs=2&width=300"
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(answer.content)).size == (300, 157)
    assert "max-age" in answer.headers["cache-control"]
    assert "'none'" not in answer.headers["content-security-policy"].partition("frame-ancestors")[2]
    again = client.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(address).status_code == 200


def test_an_animation(client: TestClient) -> None:
    answer = client.get("/training.gif?epochs=2&width=200")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/gif")
    assert getattr(Image.open(io.BytesIO(answer.content)), "n_frames", 0) == 3


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/poster.png?neurn=kan", "neurn"),
        ("/poster.png?epochs=-1", "epochs"),
        ("/poster.png?speed=1e999", "speed"),
        ("/poster.png?percTrainData=1e999&dataset=xor", "percTrainData"),
        ("/poster.png?width=1e999", "width"),
        ("/poster.png?count=2000&train=0.9&layers=16,16,16,16,16,16&neuron=kan:grid:20:order:5&batch=10000", "batch"),
        ("/training.gif?epochs=1000000", "epochs"),
        ("/training.gif?height=1", "height"),
        ("/qr.svg", "url"),
        ("/qr.svg?url=http://elsewhere.example/", "url"),
        ("/qr.svg?url=http://testserver/%3F" + "x" * 5000, "url"),
    ],
)
def test_a_wrong_address_gets_a_sentence(client: TestClient, address: str, path: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 422
    assert answer.json()["path"] == path
    assert answer.json()["message"].startswith(f"{path}: ")


def test_a_qr_code_of_a_page_of_ours(client: TestClient) -> None:
    answer = client.get("/qr.svg", params={"url": "http://testserver/?neuron=kan"})
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.text.startswith("<svg ")


def test_fifty_qr_codes_cost_the_live_sessions_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once each took a tenth of a second of the web process, and live sessions stood still for seven."""

    def never(*given: object, **more: object) -> None:
        raise AssertionError("a QR code was made in the web process")

    monkeypatch.setattr(segno, "make", never)
    for index in range(50):
        answer = client.get("/qr.svg", params={"url": f"http://testserver/?run_seed={index}"})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")


def test_where_too_many_wait_at_the_desk_they_are_told_when_to_come_back(client: TestClient) -> None:
    desk = client.app.services.links  # type: ignore[attr-defined]
    for address in ("/poster.png", "/oembed?url=http://testserver/", "/api/share?url=http://testserver/"):
        for _ in range(SETTINGS.jobs_waiting_per_address):
            desk._places.enter("testclient")
        answer = client.get(address)
        assert (answer.status_code, answer.json()["key"]) == (503, "say.busy_requests")
        assert answer.headers["retry-after"] == "15"
        for _ in range(SETTINGS.jobs_waiting_per_address):
            desk._places.leave("testclient")
        assert client.get(address).status_code == 200


def get(app: Playground, address: str, query: str, visitor: str, left: asyncio.Event) -> asyncio.Task[int]:
    """A request of `visitor`, who leaves when `left` is set; its end is the answer's status."""

    async def ask() -> int:
        status = [0]
        body: list[Message] = [{"type": "http.request", "body": b""}]

        async def receive() -> Message:
            if body:
                return body.pop()
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            status[0] = message.get("status", status[0])

        scope = {"type": "http", "method": "GET", "path": address, "query_string": query.encode()}
        scope |= {"headers": [], "client": (visitor, 1), "server": ("here", 80), "scheme": "http", "root_path": ""}
        await app(scope, receive, send)
        return status[0]

    return asyncio.create_task(ask())


def test_a_picture_that_nobody_waits_for_any_more_is_given_up_and_one_visitor_does_not_hold_up_another() -> None:
    """Twelve slow orders once kept everybody from pictures for a minute and a half, whoever still wanted them."""

    async def story() -> None:
        settings = Settings(pictures_waiting=12, pictures_waiting_per_address=6)
        app, bench, left, stay = create_app(settings, InProcess(settings)), Bench(), asyncio.Event(), asyncio.Event()
        app.services.pictures._worker = bench
        slow = [get(app, "/poster.png", f"run_seed={n}&epochs=1900", "192.0.2.1", left) for n in range(12)]
        await settle()
        # One is being made and five wait; the others were told to come back at once.
        assert sorted(task.result() for task in slow if task.done()) == [503] * 6
        assert len(bench.begun) == 1
        modest = get(app, "/poster.png", "epochs=1", "198.51.100.7", stay)
        await settle()
        left.set()
        await settle()
        assert [task.result() for task in slow if task.result() != 503] == [400] * 6
        assert len(bench.given_up) == 1
        # Of the five, none was begun: next is the one that somebody waits for.
        assert ['"epochs": 1,' in request for request in bench.begun] == [False, True]
        await bench.finish(b"png")
        assert await modest == 200
        await app.services.close()

    asyncio.run(story())
