"""oEmbed as its standard says: a frame within the size that was asked for, 404 and 501 where they belong."""

import re

import pytest
from starlette.testclient import TestClient

PAGE = "http://testserver/?data=spirals&neuron=quadratic&epochs=3"


def test_a_page_of_ours_is_described(client: TestClient) -> None:
    answer = client.get("/oembed", params={"url": PAGE, "format": "json"})
    body = answer.json()
    assert (answer.status_code, body["type"], body["version"]) == (200, "rich", "1.0")
    assert (body["width"], body["height"]) == (768, 464)
    assert 'src="http://testserver/embed?data=spirals&amp;neuron=quadratic&amp;epochs=3"' in body["html"]
    assert 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"' in body["html"]
    assert body["thumbnail_url"] == "http://testserver/poster.png?data=spirals&neuron=quadratic&epochs=3"


@pytest.mark.parametrize(("width", "height"), [(400, 1000), (2000, 200), (100, 100), (480, 270)])
def test_the_frame_obeys_the_largest_size(client: TestClient, width: int, height: int) -> None:
    body = client.get("/oembed", params={"url": PAGE, "maxwidth": width, "maxheight": height}).json()
    assert body["width"] <= width
    assert body["height"] <= height
    assert f'width="{body["width"]}" height="{body["height"]}"' in body["html"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://elsewhere.example/",
        "http://testserver/healthz",
        "http://testserver/?neurn=kan",
        "http://testserver/?speed=1e999",
    ],
)
def test_an_unknown_address_is_not_found(client: TestClient, url: str) -> None:
    assert client.get("/oembed", params={"url": url}).status_code == 404


def test_other_formats_are_not_spoken(client: TestClient) -> None:
    assert client.get("/oembed", params={"url": PAGE, "format": "xml"}).status_code == 501


def test_what_stands_in_the_address_cannot_leave_the_frame_s_attribute(client: TestClient) -> None:
    url = 'http://testserver/embed?lang="><script>alert(1)</script>'
    answer = client.get("/oembed", params={"url": url})
    if answer.status_code == 200:
        assert "<script>" not in answer.json()["html"]
        assert len(re.findall(r"<", answer.json()["html"])) == 2


@pytest.mark.parametrize("page", ["/", "/embed"])
def test_every_page_says_where_it_is_described_and_pictured(client: TestClient, page: str) -> None:
    text = client.get(f"{page}?neuron=kan").text
    found = re.search(r'type="application/json\+oembed"[^>]* href="([^"]+)"', text)
    assert found is not None
    assert found[1].startswith("http://testserver/oembed?"), "programs that look for it resolve no relative address"
    described = client.get(found[1].replace("&amp;", "&"))
    assert described.status_code == 200
    assert 'property="og:image" content="http://testserver/poster.png?neuron=kan"' in text


@pytest.mark.parametrize("name", ["maxwidth", "maxheight"])
@pytest.mark.parametrize("size", ["9" * 5000, "\N{ARABIC-INDIC DIGIT THREE}", "1e3", "-5", "many", ""])
def test_a_size_that_is_none_is_refused(client: TestClient, name: str, size: str) -> None:
    """Five thousand digits once were our own mistake: 500."""
    answer = client.get("/oembed", params={"url": PAGE, name: size})
    assert answer.status_code == (200 if size == "1e3" else 422)
    assert answer.json().get("path", name) == name


def test_a_race_is_framed_as_a_race(client: TestClient) -> None:
    body = client.get("/oembed", params={"url": "http://testserver/race?data=xor&b.neuron=product"}).json()
    assert 'src="http://testserver/embed/race?data=xor&amp;b.neuron=product"' in body["html"]
    assert body["thumbnail_url"] == "http://testserver/poster.png?data=xor&b.neuron=product"
    assert client.get("/oembed", params={"url": "http://testserver/race?b.neuron=quadratc"}).status_code == 404
