"""Exported files run as a reader would run them: in an interpreter that knows nothing of this program."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from nncore.tape import Array

ASK_EACH = """
import importlib.util, json, sys
answers = {}
for path, places in json.load(open("questions.json")).items():
    spec = importlib.util.spec_from_file_location("taken_home", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    answers[path] = [module.predict(places).tolist(), module.outputs(places).tolist()]
json.dump(answers, open("answers.json", "w"))
assert not any(name.split(".")[0] in ("nncore", "app", "safetensors") for name in sys.modules)
"""


def ask_each(folder: Path, files: Mapping[str, str], places: Mapping[str, Array]) -> dict[str, tuple[Array, Array]]:
    """What each of `files` (texts by name) says at its `places`, predictions and z: all in one interpreter, warnings
    are errors.
    """
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    questions = {f"{name}.py": places[name].tolist() for name in files}
    (folder / "questions.json").write_text(json.dumps(questions))
    run_alone(folder, "-c", ASK_EACH)
    answers: dict[str, Any] = json.loads((folder / "answers.json").read_text())
    return {name: (np.array(answers[f"{name}.py"][0]), np.array(answers[f"{name}.py"][1])) for name in files}


def run_alone(folder: Path, *arguments: str) -> str:
    """What a Python that sees nothing of this project prints."""
    command = [sys.executable, "-I", "-W", "error", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
