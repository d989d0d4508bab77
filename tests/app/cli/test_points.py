"""`train --points`: the same reader and the same sentences as the page's."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.main import cli
from app.cli.points import read_points
from app.errors import UsageError

IRIS = "sl,sw,pl,species\n5.1,3.5,1.4,a\n4.9,NA,1.4,a\n7,3.2,4.7,b\n6.4,3.2,4.5,b\n5,3.1,1.5,a\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "iris.csv"
    path.write_text(IRIS)
    return path


def test_a_table_is_trained_on(table: Path) -> None:
    result = CliRunner().invoke(cli, ["train", "--points", str(table), "--columns", "sl,2,species", "--epochs", "2"])
    assert result.exit_code == 0, result.output
    assert "1 of 5 rows has a gap in one of the three columns and was left out: line 3." in result.stderr
    assert result.stdout.startswith("2 epochs, 2 steps")
    assert "test" not in result.stdout


def test_a_config_goes_with_it(table: Path, tmp_path: Path) -> None:
    config = tmp_path / "config.json"
    config.write_text('{"layers": [], "data": {"name": "xor", "noise": 0.1}}')
    asked = ["train", str(config), "--points", str(table), "--columns", "1,3,4", "--epochs", "1", "--json"]
    result = CliRunner().invoke(cli, asked)
    assert result.exit_code == 0, result.output
    assert '"name": "own"' in result.stdout
    assert '"noise": 0.1' in result.stdout
    assert '"columns": ["sl", "pl", "species"]' in result.stdout


def read(path: Path, columns: str | None = None, task: str | None = None, decimal: str = "") -> None:
    read_points(path, columns, task, sample=False, decimal=decimal, say=lambda text: None)


def test_where_it_is_not_clear_which_columns_are_meant_they_are_listed(table: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read(table)
    assert str(caught.value) == (
        f"{table}: say which columns are x, y and label, such as --columns 1,2,3: "
        "1 sl (number), 2 sw (number), 3 pl (number), 4 species (text)"
    )


@pytest.mark.parametrize(
    ("columns", "task", "decimal", "sentence"),
    [
        ("sl,sw", None, "", "--columns must be three names or numbers with commas between, not 'sl,sw'"),
        ("sl,sw,nothing", None, "", "there is no column called 'nothing'"),
        ("sl,sw,species", "sorting", "", "there is no task called 'sorting'"),
        ("sl,sw,species", "regression", "", "must have a number as its label"),
        ("sl,sw,species", None, "dot", "--decimal must be point or comma, not 'dot'"),
    ],
)
def test_a_mistake_is_one_sentence(table: Path, columns: str, task: str | None, decimal: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(table, columns, task, decimal)
    assert sentence in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read(tmp_path / "nothing.csv")


def test_more_points_than_a_server_takes_are_trained_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    told: list[str] = []
    for count in (2000, 2001):
        told.clear()
        path.write_text("x,y,label\n" + "".join(f"{n % 47},{n % 53},{'ab'[n % 2]}\n" for n in range(count)))
        assert len(read_points(path, None, None, sample=False, say=told.append)["points"]) == count
    assert told[-1].startswith("A server opens runs of up to 2000 points, because many people share it")
