"""Every row that is shipped, read once for all tests of a worker: they are some tens of thousands."""

from functools import cache
from pathlib import Path

from app.atlas.store import HERE, atlas_rows
from nncore.study.rows import Row


@cache
def shipped_rows(here: Path = HERE) -> list[Row]:
    """Those of the networks, or of what else lies in a folder of its own."""
    return list(atlas_rows(here))
