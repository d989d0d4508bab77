"""A table of points is read for the page; a mistake is one sentence that names its line."""

import csv

import pytest
from starlette.testclient import TestClient

from tests.app.web.routes.conftest import SETTINGS

TABLE = "length;width;kind\n1,5;2,0;low\n2,5;4,0;high\n3,5;3,0;low\n0,5;1,0;high\n"


def test_a_table_becomes_the_knobs_of_own_points(client: TestClient) -> None:
    answer = client.post("/api/points", content=TABLE)
    assert answer.status_code == 200
    told = answer.json()
    assert told["knobs"]["task"] == "classification"
    assert told["knobs"]["names"] == told["classes"] == ["low", "high"]
    assert [point[2] for point in told["knobs"]["points"]] == [0, 1, 0, 1]
    assert told["columns"] == ["length", "width", "kind"]
    assert told["scaling"] == {"offsets": [2.0, 2.5], "factors": pytest.approx([0.6, 0.6]), "decimals": [6, 6]}
    assert told["table"]["chosen"] == {"x": 0, "y": 1, "label": 2, "split": None}
    assert told["value_scaling"] is None


def test_a_reader_may_say_what_labels_are(client: TestClient) -> None:
    table = "0,0,1\n0,1,2\n1,0,1\n1,1,3\n"
    assert client.post("/api/points", content=table).json()["knobs"]["task"] == "classification"
    told = client.post("/api/points?task=regression", content=table).json()
    assert told["knobs"]["task"] == "regression"
    assert "names" not in told["knobs"]
    assert told["value_scaling"] == {"offsets": [2.0], "factors": pytest.approx([0.9]), "decimals": [6]}


ROWS = "".join(f"{n},{n % 7},{n % 3}\n" for n in range(2001))


@pytest.mark.parametrize(
    ("table", "status", "code", "path", "sentence"),
    [
        (
            TABLE + "\n1;two;high\n",
            422,
            "type",
            "line 7",
            "line 7: must have a number as its width, such as -1.5, not 'two'",
        ),
        (
            "",
            422,
            "range",
            "line 1",
            "line 1: the table is empty; at least 4 points are needed, each as x, y and label",
        ),
        (
            b"0,0,a\n0,1,\x81\x00\x01\n",
            422,
            "type",
            "line 2",
            "line 2: is not text in any encoding that can be read here; save the table as CSV in UTF-8",
        ),
        (
            ROWS,
            422,
            "range",
            "",
            "the table has 2001 points; at most 2000 are allowed, but you can draw a sample of that many",
        ),
        ("x" * 40_001, 413, "size", "", "the table is longer than the 40000 bytes that this server reads"),
    ],
)
def test_a_mistake_is_one_sentence(
    client: TestClient, table: str | bytes, status: int, code: str, path: str, sentence: str
) -> None:
    answer = client.post("/api/points", content=table)
    assert answer.status_code == status
    told = answer.json()
    assert (told["code"], told["path"], told["message"]) == (code, path, sentence)
    assert told["key"].startswith("refused.")


def test_an_unknown_task_is_refused_with_the_known_ones(client: TestClient) -> None:
    answer = client.post("/api/points?task=clustering", content=TABLE)
    assert answer.status_code == 422
    assert answer.json()["message"].endswith("available: classification, regression")


def test_a_table_may_be_longer_than_a_message(client: TestClient) -> None:
    assert client.post("/api/points", content=TABLE + " " * SETTINGS.message_bytes).status_code == 200


def test_columns_are_chosen_in_the_address(client: TestClient) -> None:
    told = client.post("/api/points", params={"x": "width", "y": "1", "label": "kind"}, content=TABLE).json()
    assert told["columns"] == ["width", "length", "kind"]


def test_fifty_tables_cost_the_live_sessions_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once they were read in threads of the web process, which took the interpreter from the live sessions."""

    def never(*given: object, **more: object) -> None:
        raise AssertionError("a table was read in the web process")

    monkeypatch.setattr(csv, "reader", never)
    for index in range(50):
        assert client.post("/api/points", content=f"{TABLE}{index};1,0;low\n").status_code == 200


def test_one_cell_of_sixteen_thousand_digits_is_no_number(client: TestClient) -> None:
    """It once silenced every session for nineteen seconds."""
    answer = client.post("/api/points", content="1" * 16_000 + "x,0,a\n1,1,b\n0,1,a\n1,0,b\n")
    assert (answer.status_code, answer.json()["key"], answer.json()["path"]) == (422, "refused.no_number", "line 1")


@pytest.mark.parametrize("cell", ["1e400", "-1e400", "9" * 400])
def test_a_number_beyond_all_numbers_is_refused_beside_its_table(client: TestClient, cell: str) -> None:
    answer = client.post("/api/points", content=f"x,y,label\n1,{cell},a\n3,2,b\n4,1,a\n5,2,b\n")
    told = answer.json()
    assert (answer.status_code, told["path"], told["key"]) == (422, "line 2", "refused.endless_number")
    assert [column["name"] for column in told["table"]["columns"]] == ["x", "y", "label"]
    assert told["table"]["columns"][0]["high"] == 5
    assert None in (told["table"]["columns"][1]["low"], told["table"]["columns"][1]["high"])


@pytest.mark.parametrize("task", ["", "regression", "no\ntask", "regression\n"])
def test_a_task_is_one_word_and_never_a_part_of_the_table(client: TestClient, task: str) -> None:
    answer = client.post("/api/points", params={"task": task}, content="0,0,1\n0,1,2\n1,0,1\n1,1,3\n")
    assert answer.status_code == (422 if "\n" in task else 200)
