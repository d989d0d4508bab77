"""Logs are lines for people, or one JSON object each; nothing about visitors is in them, and no visitor fills them."""

import asyncio
import json
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.logs import AT_ONCE, MOST_KINDS, PERIOD_SECONDS, JsonLines, Lines, Repeats, say_loop_error, told
from tests.app.client import LiveClient
from tests.app.web.hostile import CLOSE, PING, TEXT, connected, frame, handshake, live_socket, request, until_closed
from tests.browser.server import ROOT, Server

pytestmark = pytest.mark.slow

SET_UP = "import logging; from app.logs import set_up; from app.settings import Settings; set_up(Settings(), 'web'); "
SCRIPT = f"{SET_UP} logging.getLogger('app.x').warning('two\\nlines'); logging.getLogger('x').info('no')"


def said(log_format: str, script: str = SCRIPT) -> str:
    environment = {"NEURON_PLAYGROUND_LOG_FORMAT": log_format}
    command = [sys.executable, "-c", script]
    return subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True).stderr


def test_json_logs_are_one_object_a_line() -> None:
    (line,) = said("json").splitlines()
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == ("warning", "app.x", "two\nlines")


def test_text_logs_name_the_process() -> None:
    assert " web " in said("text")
    assert "WARNING: two" in said("text")


def raised(fail: Callable[[], object]) -> Exception:
    with pytest.raises(Exception) as caught:  # whichever it is
        fail()
    return caught.value


def nested() -> None:
    try:
        int("a visitor's words")
    except ValueError as error:
        raise KeyError("more of them") from error


def grouped() -> None:
    raise ExceptionGroup("words", [raised(nested), raised([].pop)])


def test_a_traceback_is_part_of_its_line() -> None:
    error = raised(nested)
    record = logging.getLogger("app").makeRecord("app", 40, "f", 1, "broken", (), (type(error), error, None))
    for text in (json.loads(JsonLines().format(record))["traceback"], Lines().format(record)):
        assert "KeyError" in text
        assert 'int("a visitor' in text, "the line of the source that failed"


@pytest.mark.parametrize("fail", [nested, grouped])
def test_an_error_is_told_by_kind_and_place_without_its_words(fail: Callable[[], object]) -> None:
    text = told(raised(fail))
    assert "in nested" in text
    assert "KeyError" in text
    assert "ValueError" in text
    assert "invalid literal" not in text
    assert "KeyError:" not in text
    assert fail is not grouped or "IndexError" in text


def test_what_the_system_says_of_an_error_is_told_but_not_of_what() -> None:
    text = told(raised(lambda: open("/no/such/visitor")))  # noqa: SIM115
    assert text.endswith("FileNotFoundError: No such file or directory")


def test_a_circle_of_causes_ends() -> None:
    first, second = ValueError(), ValueError()
    first.__cause__, second.__cause__ = second, first
    assert told(first).count("ValueError") == 2


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_what_ends_the_process_is_a_line_like_any_other(log_format: str) -> None:
    text = said(log_format, f"{SET_UP} int('words')")
    assert "this process ends" in text
    assert "ValueError" in text
    assert "invalid literal" not in text


def test_an_error_in_the_loop_is_told_without_its_sockets(caplog: pytest.LogCaptureFixture) -> None:
    loop = asyncio.new_event_loop()
    say_loop_error(loop, {"message": "it failed", "exception": ValueError("x"), "socket": "raddr=('192.0.2.7', 1)"})
    loop.close()
    (record,) = caplog.records
    assert record.getMessage() == "in the event loop: it failed"


# A flood


class Written(logging.Handler):
    """Keeps what passes, on a clock wound by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.lines: list[str] = []
        self.addFilter(Repeats(lambda: self.now))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@pytest.fixture
def written() -> Written:
    return Written()


@pytest.fixture
def log(written: Written) -> logging.Logger:
    log = logging.Logger("flooded")
    log.addHandler(written)
    return log


def test_a_flood_of_one_kind_is_a_few_lines_and_a_count(written: Written, log: logging.Logger) -> None:
    for number in range(1000):
        log.warning("no room for %d", number)
    assert written.lines == [f"no room for {number}" for number in range(AT_ONCE)]
    written.now = PERIOD_SECONDS
    log.warning("no room for %d", 7)
    assert written.lines[AT_ONCE:] == [f"no room for 7 (and {1000 - AT_ONCE} more like it)"]
    log.warning("no room for %d", 8)
    assert written.lines[AT_ONCE + 1 :] == ["no room for 8"]


def test_other_kinds_are_heard_beside_a_flood(written: Written, log: logging.Logger) -> None:
    for _ in range(100):
        log.warning("a flood")
    log.warning("something else")
    try:
        raise ValueError
    except ValueError:
        log.exception("a flood")
    assert written.lines[AT_ONCE:] == ["something else", "a flood"]


def test_rare_lines_are_all_written(written: Written, log: logging.Logger) -> None:
    for number in range(100):
        written.now = number * PERIOD_SECONDS / AT_ONCE
        log.warning("now and then")
    assert written.lines == ["now and then"] * 100


def test_kinds_without_end_are_not_remembered_without_end(written: Written, log: logging.Logger) -> None:
    for number in range(10 * MOST_KINDS):
        log.warning(str(number))
    (repeats,) = written.filters
    assert isinstance(repeats, Repeats)
    assert len(repeats._since) <= MOST_KINDS


# The promise


@pytest.mark.parametrize("level", ["debug", "info"])
def test_nothing_about_visitors_is_logged_at_any_level(tmp_path: Path, level: str) -> None:
    """Every word, address and header below is a visitor's; whatever happens to it, the log knows none of them.

    The origin of a page that is refused is the exception: it is a site's, and its owner has to know it.
    """
    secret = "qqvisitorqq"
    settings = {"NEURON_PLAYGROUND_PROXIES": "*", "NEURON_PLAYGROUND_LOG_LEVEL": level}
    with Server(tmp_path / "log", NEURON_PLAYGROUND_HOSTS="1", **settings) as server:
        who = (f"User-Agent: {secret}", "X-Forwarded-For: 192.0.2.77", f"Cookie: a={secret}")
        last = (*who, "Connection: close")
        requests = (
            request(f"GET /?{secret}=1 HTTP/1.1", *last),
            request(f"GET /{secret} HTTP/1.1", *last),
            request(f"GET /poster.png?{secret}=1 HTTP/1.1", *last),
            request("POST /api/points HTTP/1.1", *last, f"Content-Length: {len(secret)}") + secret.encode(),
            request(f"GET / {secret}", *last),
            request("GET / HTTP/1.1", *last, "Upgrade: h2c", "Connection: upgrade"),
            handshake(*who, "Content-Length: 3", path=f"/live?{secret}"),
            handshake(*who, path=f"/{secret}"),
            handshake(*who, "Origin: http://elsewhere.example"),
        )
        for each in requests:
            with connected(server.port, each) as connection:
                assert until_closed(connection)
        word = secret.encode()
        messages = (word + b"\xff", b'{"type": "%b"}' % word, b'{"type": "open", "link": "%b"}' % word)
        for message in messages:
            with live_socket(server.port) as connection:
                connection.sendall(frame(TEXT, message) + frame(PING, word) + frame(CLOSE, b"\x03\xe8" + word))
                until_closed(connection)
        client = LiveClient(f"ws://127.0.0.1:{server.port}/live?{secret}")
        client.open({}, play=True)
        client.until_epoch(2)
        port = client.socket.socket.getsockname()[1]
        client.close()
    log = server.log.read_text()
    assert secret not in log
    assert "192.0.2.77" not in log
    assert f":{port}" not in log
    assert "127.0.0.1:" not in log.partition("\n")[2]
