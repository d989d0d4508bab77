"""Where pyarrow is installed, a Parquet file has the same rows with a type for each column."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from nncore.study import Study
from tests.app.engines.small import BASE


def test_a_table_has_the_rows_and_their_types(tmp_path: Path) -> None:
    if find_spec("pyarrow") is None:
        with pytest.raises(ModuleNotFoundError, match="pyarrow"):
            import_module("app.studies.parquet")
        return
    module, table = import_module("app.studies.parquet"), import_module("pyarrow.parquet")
    vary = {"batch": [5, 20], "data.noise": [0, 0.5], "layers.neuron": ["linear", {"name": "kan", "grid": 4}]}
    study = Study(BASE, vary=vary, seeds=1, epochs=1)
    rows = list(study.run())
    values = {axis.paths[0]: [step[0] for step in axis.values] for axis in study.axes}
    module.write(tmp_path / "runs.parquet", rows, study.columns, values)
    found = table.read_table(tmp_path / "runs.parquet")
    assert found.column_names == list(study.columns)
    assert [str(found.schema.field(name).type) for name in (*vary, "solved", "epoch")] == [
        "int64",
        "double",
        "string",
        "bool",
        "int64",
    ]
    neurons = ['{"name":"kan","grid":4}' if isinstance(row["layers.neuron"], dict) else "linear" for row in rows]
    assert found.to_pylist() == [{**row, "layers.neuron": one} for row, one in zip(rows, neurons, strict=True)]
