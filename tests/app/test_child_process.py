"""A child process runs our own modules, whatever lies where the server was started."""

import subprocess
from pathlib import Path

from app import child_process


def test_a_child_finds_our_packages_and_not_those_of_the_current_directory(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("raise SystemExit('the wrong one')")
    ran = subprocess.run(
        child_process.command("app.pictures.order"),
        cwd=tmp_path,
        env=child_process.environment(),
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_a_child_has_one_thread() -> None:
    assert child_process.environment()["OPENBLAS_NUM_THREADS"] == "1"
