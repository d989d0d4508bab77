"""Logs, as lines for people or as one JSON object a line for programs that gather them.

To stderr, which is what containers and service managers collect. Nothing about visitors is ever logged.
"""

import json
import logging
from datetime import UTC, datetime

from app.settings import Settings


class JsonLines(logging.Formatter):
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


def set_up(settings: Settings, who: str) -> None:
    """Send this process's logs to stderr; `who` names it in lines for people."""
    handler = logging.StreamHandler()
    text = logging.Formatter(f"%(asctime)s {who} %(process)d %(levelname)s: %(message)s")
    handler.setFormatter(JsonLines() if settings.log_format == "json" else text)
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
