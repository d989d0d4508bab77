"""`/api/share` offers for a link what the other routes then really answer, and refuses what is no link of ours."""

from urllib.parse import urlsplit

import numpy as np
import pytest
from starlette.testclient import TestClient

from app.hosts.backend import InProcess
from app.links.link import write
from app.settings import Settings
from app.web.addresses import read_address
from app.web.application import create_app
from nncore.config import Config

LINK = "http://testserver/?data=circles&layers=2&neuron=square&epochs=2"


def shared(client: TestClient, url: str) -> dict[str, str]:
    answer = client.get("/api/share", params={"url": url})
    assert answer.status_code == 200
    body: dict[str, str] = answer.json()
    return body


def test_a_link_has_snippets_pictures_and_a_code(client: TestClient) -> None:
    body = shared(client, LINK)
    assert set(body) == {"iframe", "element", "reveal", "quarto", "poster", "training", "code"}
    assert "embed?data=circles&amp;layers=2&amp;neuron=square&amp;epochs=2" in body["iframe"]
    assert body["poster"] == "http://testserver/poster.png?data=circles&layers=2&neuron=square&epochs=2"


@pytest.mark.parametrize(
    ("name", "kind"), [("poster", "image/png"), ("training", "image/gif"), ("code", "image/svg+xml")]
)
def test_what_is_offered_is_there(client: TestClient, name: str, kind: str) -> None:
    place = urlsplit(shared(client, LINK)[name])
    answer = client.get(f"{place.path}?{place.query}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)


TOO_HEAVY = "data=moons&count=2000&train=0.9&layers=16,16,16,16,16,16&neuron=kan:grid:20:order:5&batch=10000"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://elsewhere.example/", "page on this server"),
        ("http://testserver/?neurn=kan", "did you mean neuron"),
        ("http://testserver/?epochs=9999999", "at most 2000"),
        ("http://testserver/?speed=1e999", "a number greater than 0"),
        (f"http://testserver/?{TOO_HEAVY}", "MB that a session may use on this server"),
        ("http://testserver/?percTrainData=1e999&dataset=xor", "must be a number"),
    ],
)
def test_what_is_no_link_of_ours_is_refused(client: TestClient, url: str, message: str) -> None:
    answer = client.get("/api/share", params={"url": url})
    assert answer.status_code == 422
    assert message in answer.json()["message"]


def test_a_picture_that_would_not_be_drawn_is_not_offered() -> None:
    settings = Settings(picture_epochs=10)
    with TestClient(create_app(settings, InProcess(settings))) as client:
        assert {"poster", "training"} <= set(shared(client, "http://testserver/?epochs=10"))
        assert not {"poster", "training"} & set(shared(client, "http://testserver/?epochs=11"))


def own(count: int) -> str:
    """A link to so many drawn points, and words beside it."""
    rng = np.random.default_rng(count)
    points = np.column_stack([np.round(rng.uniform(-1, 1, (count, 2)), 4), rng.integers(0, 6, count)]).tolist()
    link = write(Config.from_json({"data": {"name": "own", "points": points}, "layers": [{"units": 2}]}))
    return f"http://testserver/?{link}&epochs=2&lang=zh&lens=on&speed=10"


def test_a_thousand_points_can_be_shared_through_a_proxy(client: TestClient) -> None:
    """nginx and Apache take 8,190 characters for a request's line."""
    address = own(1000)
    body = shared(client, address)
    asked = [address, body["poster"], body["training"], f"http://testserver/{address[18:].replace('?', 'embed?')}"]
    oembed = read_address(address, "testserver", "").oembed
    share = f"http://testserver/api/share?url={read_address(address, 'testserver', '').quoted}"
    for each in (*asked, oembed, share):
        place = urlsplit(each)
        line = f"GET {place.path}?{place.query} HTTP/1.1\r\n"
        assert len(line) <= 8190
        assert client.get(f"{place.path}?{place.query}").status_code == 200
    assert "points=" in body["iframe"]
    assert "points=" in client.get(urlsplit(oembed)._replace(scheme="", netloc="").geturl()).json()["html"]


@pytest.mark.parametrize(("count", "fits"), [(400, True), (500, False)])
def test_a_link_that_is_too_long_for_a_code_is_offered_without_one(client: TestClient, count: int, fits: bool) -> None:
    address = own(count)
    assert ("code" in shared(client, address)) == fits
    assert (client.get("/qr.svg", params={"url": address}).status_code == 200) == fits


def test_addresses_stay_under_a_proxy_s_path() -> None:
    settings = Settings(root_path="/neurons")
    with TestClient(create_app(settings, InProcess(settings)), root_path="/neurons") as client:
        body = shared(client, "https://testserver/neurons/?noise=0.1")
    assert body["training"] == "https://testserver/neurons/training.gif?noise=0.1"
    assert body["code"].startswith("https://testserver/neurons/qr.svg?url=https://testserver/neurons/?")
    assert 'src="https://testserver/neurons/embed.js"' in body["element"]


def test_a_race_s_link_has_all_of_it_too(client: TestClient) -> None:
    link = "http://testserver/race?data=xor&count=40&layers=2&epochs=3&b.neuron=product&at=2"
    body = shared(client, link)
    assert set(body) == {"iframe", "element", "reveal", "quarto", "poster", "training", "code"}
    assert "/embed/race?data=xor" in body["iframe"]
    answer = client.get(body["poster"].removeprefix("http://testserver"))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")


def test_what_is_no_race_is_refused_by_its_key(client: TestClient) -> None:
    answer = client.get("/api/share", params={"url": "http://testserver/race?b.neuron=quadratc"})
    assert answer.status_code == 422
    assert "quadratic" in answer.json()["message"]


def test_points_behind_the_hash_stay_with_the_page(client: TestClient) -> None:
    """The page puts them in: a server is not sent them, and neither a picture nor a code would have them."""
    url = "http://testserver/?data=own&points=fragment&layers=2&lang=zh#points="
    texts = client.get("/api/share", params={"url": url}).json()
    assert not {"poster", "training", "code"} & texts.keys()
    for what in ("iframe", "element", "reveal", "quarto"):
        assert texts[what].count('lang=zh#points="') == 1, what
    refused = client.get("/poster.png?data=own&points=fragment")
    assert refused.status_code == 422
    assert "behind the # of this link" in refused.json()["message"]
    page = client.get("/?data=own&points=fragment").text
    assert "og:image" not in page
    assert "og:title" in page
