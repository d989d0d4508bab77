"""Points of a table: what is skipped is told, what is in the way is named; the rest stands in tests/golden/tables."""

import pytest

from nncore.config import Config
from nncore.errors import OutOfRange
from nncore.export import data_table
from nncore.tables import choose, make_points, read_points, read_table
from nncore.trainer import Trainer


def test_a_gap_in_another_column_skips_nothing() -> None:
    table = read_table("x,y,z,label\n1,2,NA,a\n2,3,,b\n3,5,1,a\n5,4,2,b\n")
    assert make_points(table, choose(table)).skipped == ()


def test_too_many_gaps_name_the_column_that_has_them() -> None:
    table = read_table("x,y,label\n1,,a\n2,3,b\n3,NA,a\n5,?,b\n")
    with pytest.raises(OutOfRange, match="more than half of the 4 rows have a gap in y, the first in line 2") as caught:
        make_points(table, choose(table))
    assert caught.value.path == "line 2"


@pytest.mark.parametrize(
    "data",
    [
        *({"name": name} for name in ("spirals", "hills", "rings", "classic", "xor_points")),
        {"name": "own", "task": "regression", "points": [[n / 20 - 1, n % 9 / 9, n % 3 - 1] for n in range(40)]},
        {
            "name": "own",
            "names": ["second", "first"],
            "points": [[n / 20 - 1, n % 9 / 9, (n + 1) % 2] for n in range(40)],
        },
        {"name": "own", "train_share": 0.8, "points": [[n / 20 - 1, n % 9 / 9, n % 8] for n in range(40)]},
    ],
    ids=lambda data: f"{data['name']} {data.get('task', '')}{data.get('names', '')}",
)
def test_a_table_of_ours_comes_back_with_points_task_order_and_split(data: dict[str, object]) -> None:
    run = Trainer(Config.from_json({"data": data}))
    own = read_points(data_table(run))
    back = Trainer(Config.from_json({"data": {"name": "own", **own.knobs()}}))
    assert (back.split.task, back.split.classes) == (run.split.task, run.split.classes)
    for name in ("train_x", "train_y", "test_x", "test_y"):
        assert getattr(back.split, name).tolist() == getattr(run.split, name).tolist()
    names = [name or str(number) for number, name in enumerate(run.config.dataset.class_names)]
    assert list(own.classes)[: len(names)] == names


def test_a_table_in_other_units_comes_back_in_them() -> None:
    rows = "".join(f"{18 + n};{20000 + 137 * n * n};{'no' if n % 3 else 'yes'}\n" for n in range(40))
    run = Trainer(Config.from_json({"data": {"name": "own", **read_points(f"age;income;buys\n{rows}").knobs()}}))
    text = data_table(run)
    assert text.startswith("age,income,buys,target,split\n")
    told = {tuple(line.split(",")[:3]) for line in text.splitlines()[1:]}
    assert told == {(f"{18 + n}.0", f"{20000 + 137 * n * n}.0", "no" if n % 3 else "yes") for n in range(40)}
