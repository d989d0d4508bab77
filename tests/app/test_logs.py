"""Logs are lines for people, or one JSON object each."""

import json
import logging
import subprocess
import sys

from app.logs import JsonLines
from tests.browser.server import ROOT

SCRIPT = (
    "import logging; from app.logs import set_up; from app.settings import Settings; "
    "set_up(Settings(), 'web'); logging.getLogger('app.x').warning('two\\nlines'); logging.getLogger('x').info('no')"
)


def said(log_format: str) -> str:
    command = [sys.executable, "-c", SCRIPT]
    environment = {"NEURON_PLAYGROUND_LOG_FORMAT": log_format}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stderr


def test_json_logs_are_one_object_a_line() -> None:
    (line,) = said("json").splitlines()
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == ("warning", "app.x", "two\nlines")


def test_text_logs_name_the_process() -> None:
    assert " web " in said("text")
    assert "WARNING: two" in said("text")


def test_a_traceback_is_part_of_its_line() -> None:
    try:
        raise ValueError("why")
    except ValueError:
        record = logging.getLogger("app").makeRecord("app", 40, "f", 1, "broken", (), sys.exc_info())
    assert "ValueError: why" in json.loads(JsonLines().format(record))["traceback"]
