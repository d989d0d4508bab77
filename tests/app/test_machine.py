"""The memory there is: the machine's, or the container's where that is less."""

from pathlib import Path

import pytest

from app.machine import memory_bytes


def test_without_control_groups_it_is_the_machine_s(tmp_path: Path) -> None:
    (total,) = (line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal:"))
    assert memory_bytes(tmp_path) == int(total.split()[1]) * 1024


@pytest.mark.parametrize("file", ["memory.max", "memory/memory.limit_in_bytes"])
def test_a_container_s_limit_counts_where_there_is_one(tmp_path: Path, file: str) -> None:
    limit = tmp_path / file
    limit.parent.mkdir(exist_ok=True)
    limit.write_text("536870912\n")
    assert memory_bytes(tmp_path) == 536_870_912
    limit.write_text("max\n")
    assert memory_bytes(tmp_path) == memory_bytes(tmp_path / "none")
    limit.write_text("9223372036854771712\n")
    assert memory_bytes(tmp_path) == memory_bytes(tmp_path / "none")
