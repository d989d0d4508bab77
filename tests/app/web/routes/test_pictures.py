"""Pictures over HTTP: made once, kept by whoever asks, refused in one sentence."""

import io

import pytest
from PIL import Image
from starlette.testclient import TestClient


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
