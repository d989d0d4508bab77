"""The pages about labs over HTTP: each is there in both languages, an unknown one is said with the nearest."""

import pytest
from starlette.testclient import TestClient

from app.labs.registry import labs
from app.labs.texts import read_texts

NAME = next(iter(labs()))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_index_leads_to_every_lab(client: TestClient, language: str) -> None:
    page = client.get("/labs", params={"lang": language})
    assert page.status_code == 200
    for name, lab in labs().items():
        assert f"./{lab.page}?lab={name}&amp;step=1&lang={language}" in page.text.replace("&amp;lang", "&lang")
        assert read_texts(lab, language).title in page.text


@pytest.mark.parametrize("sheet", ["teacher", "worksheet"])
def test_sheets_for_print_are_there(client: TestClient, sheet: str) -> None:
    for name, lab in labs().items():
        page = client.get(f"/labs/{name}/{sheet}", headers={"accept-language": "zh"})
        assert page.status_code == 200
        assert read_texts(lab, "zh").title in page.text
        assert '<link rel="stylesheet" href="../../static/' in page.text


def test_a_lab_s_sheet_and_picture_are_there(client: TestClient) -> None:
    told = client.get(f"/api/labs/{NAME}", params={"lang": "zh"})
    assert told.json()["title"] == read_texts(labs()[NAME], "zh").title
    assert told.headers["access-control-allow-origin"] == "*"
    picture = client.get(f"/labs/{NAME}/picture.png")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")


@pytest.mark.parametrize("address", ["/api/labs/{}", "/labs/{}/teacher", "/labs/{}/worksheet", "/labs/{}/picture.png"])
def test_an_unknown_lab_is_answered_in_a_sentence(client: TestClient, address: str) -> None:
    answer = client.get(address.format(f"{NAME}s"))
    assert answer.status_code == 404
    assert f"did you mean '{NAME}'" in answer.json()["message"]
