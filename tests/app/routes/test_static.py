"""Files are kept for ever under their own version and for no time under another."""

import pytest
from starlette.testclient import TestClient

from app.paths import static_version
from app.routes.static import FOREVER


def test_a_file_under_its_version_is_kept_for_ever(client: TestClient) -> None:
    answer = client.get(f"/static/{static_version()}/js/main.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == FOREVER


def test_a_file_under_another_version_is_the_file_as_it_is_now(client: TestClient) -> None:
    answer = client.get("/static/0123456789ab/js/main.js")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["js/nothing.js", "../app/main.py", "%2e%2e/app/main.py", "js", ""])
def test_what_is_no_file_of_the_page_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{static_version()}/{name}").status_code == 404
