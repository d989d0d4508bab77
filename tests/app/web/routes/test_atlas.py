"""The atlas is served as it was made, once, and as CSV."""

import csv
import io

from starlette.testclient import TestClient

from app.atlas.store import atlas_table
from app.atlas.table import labelled


def test_the_table_is_served_and_not_again_to_who_has_it(client: TestClient) -> None:
    answer = client.get("/api/atlas")
    assert answer.json() == labelled(atlas_table())
    again = client.get("/api/atlas", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_as_csv_it_has_a_line_for_each_cell(client: TestClient) -> None:
    answer = client.get("/api/atlas.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    table = atlas_table()
    lines = len(table["cells"]) + len(table["forests"]["cells"])
    assert len(list(csv.DictReader(io.StringIO(answer.text)))) == lines


def test_its_page_is_served_under_any_name_of_the_server(client: TestClient) -> None:
    answer = client.get("/atlas")
    assert answer.status_code == 200
    assert 'href="api/atlas"' in answer.text
