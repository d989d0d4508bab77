"""The Node finder: what it takes, what it leaves, and what it says when there is nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from assets import node


def executable(folder: Path, says: str) -> Path:
    path = folder / "node"
    path.write_text(f"#!/bin/sh\necho {says}\n")
    path.chmod(0o755)
    return path


def test_the_found_node_is_new_enough() -> None:
    assert node.major(node.find_node()) >= node.OLDEST_MAJOR


def test_an_installed_node_comes_first(tmp_path: Path) -> None:
    installed = executable(tmp_path, "v22.1.0")
    assert node.find_node(str(tmp_path)) == installed


@pytest.mark.parametrize("says", ["v18.20.4", "nothing of the kind"])
def test_an_old_or_broken_node_is_passed_over(tmp_path: Path, says: str) -> None:
    executable(tmp_path, says)
    assert node.installed(str(tmp_path)) is None


def test_the_wheel_stands_in_where_none_is_installed(tmp_path: Path) -> None:
    assert node.find_node(str(tmp_path)) == node.bundled()


def test_npm_beside_an_installed_node_is_used(tmp_path: Path) -> None:
    npm = executable(tmp_path, "v22.1.0").rename(tmp_path / "npm")
    executable(tmp_path, "v22.1.0")
    assert node.find_npm(str(tmp_path)) == [str(npm)]


@pytest.mark.parametrize("says", ["v18.20.4", "v22.1.0"])
def test_the_wheels_npm_stands_in_where_none_belongs_to_a_usable_node(tmp_path: Path, says: str) -> None:
    executable(tmp_path, says)
    npm = node.find_npm(str(tmp_path))
    assert subprocess.run([*npm, "--version"], capture_output=True, check=False).returncode == 0


def test_a_command_runs_with_the_found_node_and_gives_its_exit_code() -> None:
    asked = "import subprocess; assert subprocess.check_output(['node', '--version'], text=True)[0] == 'v'; exit(7)"
    assert node.main(sys.executable, "-c", asked) == 7


def test_nothing_to_be_had_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "bundled", lambda: None)
    with pytest.raises(node.NoNode, match=r"^No Node 20 .*: install Node and run this again\.$"):
        node.find_node(str(tmp_path))
