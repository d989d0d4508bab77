"""The console command as a process of its own: what it prints, where, and how it ends."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from tests.browser.server import COMMAND, ROOT

CONFIG = {"layers": [{"units": 2}], "data": {"name": "xor", "count": 40}}


def command(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    line = [*COMMAND, *arguments]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, input=given, timeout=120, check=False)


@pytest.fixture
def config(tmp_path: Path) -> str:
    path = tmp_path / "config.json"
    path.write_text(json.dumps(CONFIG))
    return str(path)


def test_the_version_is_printed() -> None:
    ended = command("--version")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, f"neuron-playground {__version__}\n", "")


def test_the_version_is_printed_without_loading_what_it_does_not_need() -> None:
    script = (
        "import sys; sys.argv[1:] = ['--version']\nfrom app.cli.main import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(*{'fastapi', 'uvicorn', 'pydantic', 'rich.progress'} & set(sys.modules))"
    )
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[1:] == [""]


def test_train_prints_json_on_stdout_and_nothing_else_there(config: str) -> None:
    ended = command("train", config, "--epochs", "3", "--json")
    assert ended.returncode == 0
    assert json.loads(ended.stdout)["epoch"] == 3


def test_train_reads_standard_input_and_prints_sentences() -> None:
    ended = command("train", "-", "--epochs", "3", given=json.dumps(CONFIG))
    assert ended.returncode == 0
    assert ended.stdout.startswith("3 epochs, 6 steps, 9 parameters, 6 multiply-adds a point\n")


def test_train_saves_a_checkpoint(config: str, tmp_path: Path) -> None:
    assert command("train", config, "--epochs", "1", "--checkpoint", str(tmp_path / "out.safetensors")).returncode == 0
    assert (tmp_path / "out.safetensors").stat().st_size > 500


@pytest.mark.slow
def test_train_writes_exports_and_a_saved_model_gives_the_same_ones(config: str, tmp_path: Path) -> None:
    paths = {what: tmp_path / f"{what}.txt" for what in ("checkpoint", "numpy", "torch", "data", "history")}
    options = [word for what, path in paths.items() for word in (f"--{what}", str(path))]
    assert command("train", config, "--epochs", "2", *options).returncode == 0
    for what in ("numpy", "history"):
        ended = command("export", str(paths["checkpoint"]), "--as", what)
        assert (ended.returncode, ended.stdout) == (0, paths[what].read_text())
    again = tmp_path / "again.py"
    assert command("export", str(paths["checkpoint"]), "--as", "torch", "--output", str(again)).returncode == 0
    assert again.read_text() == paths["torch"].read_text()


BROKEN_BY_VALUES = {
    "layers": [{"activation": "identity"}] * 2,
    "data": {"name": "xor", "count": 60},
    "optimizer": {"name": "sgd", "learning_rate": 10.0},
    "batch": 250,
}
BROKEN_BY_GRADIENT = {
    "layers": [{"activation": "square"}] * 4,
    "data": {"name": "hills", "count": 60},
    "optimizer": {"name": "adam", "learning_rate": 0.3},
    "batch": 5,
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("config", "epochs", "words"),
    [
        (BROKEN_BY_VALUES, 7, "Diverged in epoch 7 (step 7): the values grew too large"),
        (BROKEN_BY_GRADIENT, 12, "the gradient grew too large"),
    ],
)
def test_a_run_that_diverges_is_told_ends_with_1_and_what_it_leaves_is_whole(
    config: dict[str, object], epochs: int, words: str, tmp_path: Path
) -> None:
    saved, code = tmp_path / "run.safetensors", tmp_path / "run.py"
    files = ("--checkpoint", str(saved), "--numpy", str(code))
    ended = command("train", "-", "--epochs", str(epochs), *files, given=json.dumps(config))
    assert ended.returncode == 1
    assert words in ended.stdout
    assert "nan" not in ended.stdout
    for path, arguments in ((code, ()), (tmp_path / "again.py", ("export", str(saved), "--output"))):
        if arguments:
            assert command(*arguments, str(path)).returncode == 0
        ran = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=True)
        assert ran.stdout.count("\n") == 5
        assert "nan" not in ran.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("export", "missing.safetensors"), "missing.safetensors: no such file or directory"),
        (("export", "README.md"), "README.md: is not a whole safetensors file"),
        (("train", "missing.json"), "missing.json: no such file or directory"),
        (("serve", "--port", "70000"), "the setting port"),
        (("serve", "--host", "no.such.host.invalid"), "no.such.host.invalid is not an address of this machine"),
    ],
)
def test_a_reader_s_mistake_is_one_sentence_and_exit_code_2(arguments: tuple[str, ...], words: str) -> None:
    ended = command(*arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.count("\n") == 1
    assert words in ended.stderr


@pytest.mark.slow
def test_a_port_in_use_is_one_sentence_and_exit_code_2() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = command("serve", "--port", str(port))
    assert ended.returncode == 2
    assert ended.stderr == f"neuron-playground: port {port} on 127.0.0.1 cannot be used: address already in use\n"
