"""A study is read from TOML or JSON, with a link or a Config as its base; mistakes are one sentence with the file."""

import json
from pathlib import Path

import pytest

from app.errors import UsageError
from app.studies.study_file import read_study

TOML = """
base = "/?data=circles&count=40&layers=3"
seeds = 2
epochs = 5
budget = "parameters:40"
[vary]
"layers.neuron" = ["linear", "quadratic"]
"data.noise" = {from = 0.0, to = 0.2, step = 0.1}
"l1, l2" = [[0.0, 0.1], [0.1, 0.0]]
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_toml_and_json_say_the_same(tmp_path: Path) -> None:
    one = read_study(written(tmp_path, "one.toml", TOML))
    assert (one.cells, one.runs, one.base["data"]["name"]) == (12, 24, "circles")
    again = read_study(written(tmp_path, "one.json", json.dumps(one.to_json())))
    assert again.to_json() == one.to_json()


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.toml", "seeds = ", "this is not TOML"),
        ("a.json", "{", "JSON"),
        ("a.json", "[]", "object"),
        ("a.yaml", "", "a .toml or a .json file"),
        ("a.toml", 'base = "dta=circles"', "base: dta: is not a key of a link; did you mean data"),
        ("a.toml", "sedes = 3", "sedes: is nothing that a study has; did you mean seeds"),
        ("a.toml", "[base]\nlayers = [{units = 0}]", "base.layers"),
        ("a.toml", '[vary]\n"data.nois" = [1]', "data.nois"),
        ("a.toml", "[vary]\nbatch = []", "vary.batch: is an empty list"),
    ],
)
def test_a_bad_file_is_one_sentence_that_names_it(tmp_path: Path, name: str, text: str, told: str) -> None:
    path = written(tmp_path, name, text)
    with pytest.raises(UsageError) as caught:
        read_study(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_study(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes("# \xe4".encode("latin-1"))
    with pytest.raises(UsageError, match="not UTF-8"):
        read_study(tmp_path / "latin.toml")
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(UsageError, match="is a directory"):
        read_study(tmp_path / "folder.toml")
