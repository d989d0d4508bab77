"""The catalog is served as the application made it."""

from starlette.testclient import TestClient

from app.catalog import catalog
from tests.app.routes.conftest import SETTINGS


def test_the_catalog_is_served(client: TestClient) -> None:
    answer = client.get("/api/catalog")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == catalog(SETTINGS)
