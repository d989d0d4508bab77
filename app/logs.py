"""Logs, as lines for people or as one JSON object a line for programs that gather them.

To stderr, which is what containers and service managers collect. Nothing about visitors is ever logged, at no level: no
address, no header, no word of a message. Only where a page is refused a live connection, the names of two servers are
(Origin and Host, `app.web.live_origins`), once. The libraries underneath would log all three, so they are heard only
where something is wrong; and an error is told by its kind and its place, since its words may quote what it failed on.
Whatever visitors can cause is said a few times in a while and then counted, or they could fill a disk with it.
"""

import asyncio
import json
import logging
import os
import sys
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from app.settings import Settings

LIBRARIES = ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi", "websockets", "asyncio", "multipart")
"""Loggers that name visitors in what is less than a warning."""

PERIOD_SECONDS = 60.0
AT_ONCE = 5
"""So many lines of one kind in a period; what follows is counted, and told with the first of the next period."""

MOST_KINDS = 1000
"""Kinds of line that are remembered."""

_Error = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def told(error: BaseException) -> str:
    """An error as frames and kinds, those that caused it included, without its words."""
    parts = []
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        frames = "".join(traceback.format_tb(each.__traceback__))
        parts.append(f"Traceback (most recent call last):\n{frames}{_kind(each)}")
        if isinstance(each, BaseExceptionGroup):
            parts += map(told, each.exceptions)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return "\n\nwhich came of:\n\n".join(parts[::-1])


def _kind(error: BaseException) -> str:
    name = type(error).__qualname__
    # The system's own words for a number name nobody.
    return f"{name}: {os.strerror(error.errno)}" if isinstance(error, OSError) and error.errno else name


class Lines(logging.Formatter):
    """A line for people, with a traceback below it where there is one."""

    def formatException(self, ei: _Error) -> str:  # noqa: N802  # logging's own name
        """The error without its words."""
        return told(ei[1]) if ei[1] is not None else ""


class JsonLines(Lines):
    """One object a line: time, level, logger, process, message, and a traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """`record` as JSON."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line)


class Repeats(logging.Filter):
    """Lets a few lines of one kind through in a while. A kind is the sentence before it is filled, and the error."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._since: dict[tuple[str, str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether `record` is written; it then says how many like it were not."""
        now = self._clock()
        error = type(record.exc_info[1]).__qualname__ if record.exc_info else ""
        kind = (record.name, str(record.msg), error)
        since, count = self._since.get(kind, (now, 0))
        if now - since >= PERIOD_SECONDS:
            if count > AT_ONCE:
                record.msg = f"{record.getMessage()} (and {count - AT_ONCE} more like it)"
                record.args = ()
            since, count = now, 0
        if len(self._since) >= MOST_KINDS:
            self._since.clear()
        self._since[kind] = (since, count + 1)
        return count < AT_ONCE


def set_up(settings: Settings, who: str) -> None:
    """Send this process's logs to stderr; `who` names it in lines for people."""
    handler = logging.StreamHandler()
    text = Lines(f"%(asctime)s {who} %(process)d %(levelname)s: %(message)s")
    handler.setFormatter(JsonLines() if settings.log_format == "json" else text)
    handler.addFilter(Repeats())
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
    sys.excepthook = _say_last_words


def say_loop_error(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What nobody awaited has failed. asyncio's own words show sockets, with the addresses at their ends."""
    logging.getLogger(__name__).error("in the event loop: %s", context["message"], exc_info=context.get("exception"))


def _say_last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What ends the process is a line like any other."""
    if isinstance(error, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        logging.getLogger(__name__).critical("this process ends", exc_info=(kind, error, trace))
