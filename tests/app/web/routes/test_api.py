"""The catalog is served as the application made it, and counts as `app.web.parameter_counts` made them."""

from starlette.testclient import TestClient

from app.paths import STATIC
from app.web.assets import assets, entries
from app.web.catalog import catalog
from app.web.catalog_words import names, sentences, translated
from app.web.menus import forest, formulas, menus, portraits, thumbnails
from app.web.parameter_counts import costs, counts
from tests.app.web.routes.conftest import SETTINGS


def test_the_catalog_is_served(client: TestClient) -> None:
    answer = client.get("/api/catalog")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == catalog(SETTINGS)


def test_the_menus_and_what_is_apart_from_them_are_served(client: TestClient) -> None:
    everything = catalog(SETTINGS)
    assert client.get("/api/menus").json() == menus(everything)
    assert client.get("/api/forest").json() == forest(everything)
    assert client.get("/api/formulas").json() == formulas(everything)
    assert client.get("/api/portraits").json() == portraits(everything)
    assert client.get("/api/sentences").json() == sentences(everything)
    assert client.get("/api/thumbnails").json() == thumbnails(everything)


def test_menus_and_names_come_in_the_language_that_is_asked_for(client: TestClient) -> None:
    chinese = translated(catalog(SETTINGS), entries(assets(STATIC), "zh"))
    assert client.get("/api/menus?lang=zh").json() == menus(chinese)
    assert client.get("/api/menus", headers={"Accept-Language": "zh-CN"}).json() == menus(chinese)
    assert client.get("/api/names?lang=zh").json() == names(chinese)
    for name in ("menus", "names"):
        english = client.get(f"/api/{name}?lang=en", headers={"Accept-Language": "zh-CN"})
        assert english.json() == client.get(f"/api/{name}").json()
        assert english.headers["vary"] == "Accept-Encoding, Accept-Language"


def test_what_a_client_has_is_not_sent_again(client: TestClient) -> None:
    for name in ("catalog", "menus", "names", "forest", "formulas", "portraits", "sentences", "thumbnails"):
        first = client.get(f"/api/{name}", headers={"Accept-Encoding": "gzip"})
        assert first.headers["content-encoding"] == "gzip"
        again = client.get(f"/api/{name}", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_the_counts_are_served(client: TestClient) -> None:
    answer = client.get("/api/counts", params={"widths": "2,8,8", "neuron": '{"name":"polynomial","degree":5}'})
    assert answer.status_code == 200
    assert answer.json() == counts("2,8,8", '{"name":"polynomial","degree":5}', SETTINGS)


def test_the_costs_are_served(client: TestClient) -> None:
    answer = client.get("/api/costs", params={"widths": "2,8,8", "neuron": '{"name":"polynomial","degree":5}'})
    assert answer.status_code == 200
    assert answer.json() == costs("2,8,8", '{"name":"polynomial","degree":5}', SETTINGS)


def test_a_wrong_question_gets_one_sentence(client: TestClient) -> None:
    answer = client.get("/api/counts", params={"widths": "2,none"})
    assert answer.status_code == 422
    assert answer.json()["path"] == "widths"
    assert answer.json()["message"] == "widths: must be whole numbers separated by commas, not '2,none'"
