"""A table becomes the knobs of own points; the server's limits are smaller than nncore's."""

import json

import pytest

from app.jobs.tasks.table import work
from app.settings import Settings
from nncore.errors import InputError, OutOfRange, WrongType
from nncore.points import read_csv

TABLE = "length;width;kind\n1,5;2,0;low\n2,5;4,0;high\n3,5;3,0;low\n0,5;1,0;high\n"


def test_a_table_becomes_knobs() -> None:
    told = json.loads(work(f"\n{TABLE}".encode(), Settings()))
    assert told["knobs"] == read_csv(TABLE).knobs()
    assert told["columns"] == ["length", "width", "kind"]


def test_the_task_may_be_said() -> None:
    table = b"0,0,1\n0,1,2\n1,0,1\n1,1,3\n"
    assert json.loads(work(b"regression\n" + table, Settings()))["knobs"]["task"] == "regression"
    with pytest.raises(InputError, match="known are classification, regression"):
        work(b"clustering\n" + table, Settings())


def test_what_is_no_text_is_refused_with_its_line() -> None:
    with pytest.raises(WrongType) as caught:
        work(b"\n0,0,a\n0,1,\xff\n", Settings())
    assert caught.value.path == "line 2"


def test_the_server_s_limits_hold() -> None:
    with pytest.raises(OutOfRange, match="the table has 4 points; this server takes at most 3"):
        work(f"\n{TABLE}".encode(), Settings(points=3))
    rows = "".join(f"0,{index},{'abc'[index]}\n1,{index},{'abc'[index]}\n" for index in range(3))
    with pytest.raises(OutOfRange, match="the table has 3 classes; this server takes at most 2"):
        work(f"\n{rows}".encode(), Settings(classes=2))
