"""What the image starts really starts: the installed console command, in a place where nothing may be written.

As in the container: an empty folder, no environment but the recipe's own, a port from a setting, SIGTERM to end it.
There nobody may write, because of `--read-only` and an unnamed user; here every file is looked at before and after.
"""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.browser.server import free_port
from tests.repo.dockerfile import environment, health_command, start_command

pytestmark = pytest.mark.slow

PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own files as pip puts them; what they stand on is this Python's."""
    place = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(place)]
    subprocess.run([*command, str(wheel)], check=True)
    return place


def written(*folders: Path) -> dict[str, tuple[int, int]]:
    """Every file and folder below, with what changes when it is written to."""
    paths = [path for folder in folders for path in (folder, *folder.rglob("*"))]
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in paths}


Started = tuple[subprocess.Popen[str], int, dict[str, str]]
"""The process, its port, its environment."""


@contextmanager
def running(installed: Path, folder: Path, scratch: Path) -> Iterator[Started]:
    """The image's command; ended in any case."""
    port = free_port()
    surroundings = {
        **environment(),
        "PATH": os.pathsep.join([str(installed / "bin"), str(Path(sys.executable).parent), os.defpath]),
        "PYTHONPATH": str(installed),
        "TMPDIR": str(scratch),
        "NEURON_PLAYGROUND_PORT": str(port),
        "NEURON_PLAYGROUND_HOSTS": "1",
    }
    program, *rest = [word.replace("0.0.0.0", "127.0.0.1") for word in start_command()]
    process = subprocess.Popen(
        [installed / "bin" / program, *rest],
        cwd=folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process, port, surroundings
    finally:
        process.kill()
        process.communicate()


def get(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    with closing(connection):
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()


def wait_until_healthy(process: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if get(port, "/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.02)
    raise AssertionError(f"it does not answer; it said: {process.communicate()}")


def test_it_serves_and_ends_where_nothing_may_be_written(installed: Path, tmp_path: Path) -> None:
    folder, scratch = tmp_path / "empty", tmp_path / "scratch"
    folder.mkdir()
    scratch.mkdir()
    before = written(installed, folder, scratch)
    with running(installed, folder, scratch) as (process, port, surroundings):
        wait_until_healthy(process, port)
        assert b"<script" in get(port, "/")[1]
        assert get(port, "/poster.png?epochs=1&layers=2&width=300")[1].startswith(b"\x89PNG")
        program, *rest = health_command()
        assert program == "python"
        assert subprocess.run([sys.executable, *rest], env=surroundings, check=False).returncode == 0

        process.send_signal(signal.SIGTERM)
        said, complained = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    assert f"http://127.0.0.1:{port}" in said
    assert complained == ""
    assert written(installed, folder, scratch) == before
