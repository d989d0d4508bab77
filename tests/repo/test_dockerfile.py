"""The image recipe keeps its promises.

No container engine is needed: the recipe is read, and its health check is run as it is written.
"""

import http.server
import json
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch

import pytest

from tests.repo.dockerfile import TEXT, arguments, environment, health_command, instructions, start_command
from tests.repo.sources import ROOT, files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_there_are_two_stages_on_a_slim_python() -> None:
    bases = [rest.split()[0] for name, rest in instructions() if name == "FROM"]
    assert len(bases) == 2
    assert all(re.fullmatch(r"python:3\.\d+-slim", base) for base in bases)


def test_the_base_is_a_python_the_project_supports() -> None:
    oldest = tuple(map(int, re.findall(r"\d+", PROJECT["project"]["requires-python"])))
    for version in re.findall(r"python:3\.(\d+)", TEXT):
        assert (3, int(version)) >= oldest


def test_what_builds_the_page_reaches_the_builder_and_what_only_checks_it_does_not_run_there() -> None:
    copied = " ".join(arguments("COPY", stage=0)).split()
    assert {"hatch_build.py", "assets", "static", "package.json", "package-lock.json"} <= set(copied)
    assert "npm" not in " ".join(arguments("RUN", stage=0))
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert list(package["dependencies"]) == ["esbuild", "terser"]


def test_what_pip_builds_with_is_pinned_whichever_name_it_reads() -> None:
    pinned = dict(pair.split("=", 1) for line in arguments("ENV", stage=0) for pair in line.split())
    assert pinned["PIP_CONSTRAINT"] == pinned["PIP_BUILD_CONSTRAINT"] == "/src/constraints.txt"


def test_it_runs_as_a_number_that_is_not_root() -> None:
    (user,) = arguments("USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)


def test_the_last_stage_only_copies_what_the_first_installed() -> None:
    assert arguments("RUN") == []
    assert all(copied.startswith("--from=build /install/") for copied in arguments("COPY"))


def test_requirements_have_a_layer_that_code_does_not_touch() -> None:
    first = [name if name != "COPY" else f"COPY {rest}" for name, rest in instructions() if name in ("COPY", "RUN")]
    assert first.index("RUN") < first.index("COPY app app")
    assert first[0] == "COPY pyproject.toml constraints.txt ./"


def test_it_runs_the_console_command_without_a_shell_that_would_keep_signals_from_it() -> None:
    (command,) = PROJECT["project"]["scripts"]
    assert start_command() == [command, "serve", "--host", "0.0.0.0"]


def test_what_it_says_comes_out_as_it_happens_and_nothing_asks_for_a_place_to_write() -> None:
    assert environment()["PYTHONUNBUFFERED"] == "1"
    assert arguments("VOLUME") == []


def test_no_heredocs_and_no_bytecode_and_no_curl() -> None:
    assert "<<" not in TEXT
    assert "PYTHONDONTWRITEBYTECODE=1" in " ".join(arguments("ENV"))
    assert "curl" not in TEXT


def test_what_is_copied_from_the_checkout_exists_and_reaches_the_builder() -> None:
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    for copied in arguments("COPY", stage=0):
        for source in copied.split()[:-1]:
            assert (ROOT / source).exists()
            assert source in allowed


def test_only_what_the_wheel_is_made_of_reaches_the_builder() -> None:
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    assert lines[0] == "*"
    sent = [
        path
        for path in files()
        if any(fnmatch(path, pattern) for line in lines if line[0] == "!" for pattern in (line[1:], f"{line[1:]}/*"))
    ]
    assert sent
    assert not [path for path in sent if path.startswith(("tests/", "docs/", "."))]


@contextmanager
def answering(status: int) -> Iterator[int]:
    """A server on a loopback port that answers every question with this status."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: the test's output is for the test."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_the_health_check_follows_the_servers_answer(status: int, healthy: bool) -> None:
    program, *rest = health_command()
    assert program == "python"
    # A proxy in the environment must not be asked about this very container.
    with answering(status) as port:
        environment = {"NEURON_PLAYGROUND_PORT": str(port), "http_proxy": "http://127.0.0.1:9"}
        code = subprocess.run(
            [sys.executable, *rest], env=environment, check=False, stderr=subprocess.DEVNULL
        ).returncode
    assert (code == 0) is healthy


def test_the_health_check_fails_where_nothing_listens() -> None:
    _, *rest = health_command()
    environment = {"NEURON_PLAYGROUND_PORT": "9"}
    assert (
        subprocess.run([sys.executable, *rest], env=environment, check=False, stderr=subprocess.DEVNULL).returncode != 0
    )


def test_the_health_check_asks_the_servers_own_default_port() -> None:
    (exposed,) = arguments("EXPOSE")
    assert f"'NEURON_PLAYGROUND_PORT', {exposed})" in health_command()[2]
    settings = (ROOT / "app" / "settings.py").read_text(encoding="utf-8")
    assert re.search(rf"port: int = Field\((default=)?{exposed},", settings)
