"""What the page of a first visit says first on its live connection, so that it can be said before its scripts are here.

The page compares it, letter by letter, with what it would say itself (static/js/live/early_socket.js): where the two
differ, its own is said as well, and holds. Not here: who says it (static/js/early.js), what it means
(`app.live.commands`).
"""

from typing import Any

from app.web.catalog import FIRST_SPEED


def first_open() -> dict[str, Any]:
    """The message, in the page's own order of fields: its config is the default, which goes without saying.

    early.js adds how the pictures travel.
    """
    return {
        "type": "open",
        "config": {},
        "speed": FIRST_SPEED,
        "until": None,
        "play": True,
        "epochs": 0,
        "view": {"visible": True, "inspect": None, "confusion": True, "lens": None},
    }
