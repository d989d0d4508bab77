"""Which pages may open a live connection, whichever way it travels; and one line in the log where one may not.

A browser says of which origin a page is, and under which name it was asked for this server. Behind a proxy that changes
that name the two differ, and an operator sees nothing but pages that never begin: so the log says what was heard, and
what to set. Not here: which names the whole server answers to (`security`).
"""

import logging

from starlette.datastructures import Headers

from app.machine_names import is_origin, machine_place
from app.settings import Settings, words

log = logging.getLogger(__name__)

OWN_PAGE = "own-page"
"""A header that only a page of the server's own can send: for others, a browser first asks for leave, and gets none.
So the server knows its own pages even where a proxy has changed Host. WebSockets carry no such header."""

PORTS = {"http": 80, "https": 443}

MOST_LINES = 5
"""Whoever makes up origins fills no disk with them."""


class LiveOrigins:
    """Those that are set."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._allowed = words(settings.origins)
        self._said: set[tuple[str, ...]] = set()

    def may_open(self, given: Headers) -> bool:
        """Whether the page that asks may. A client that is no browser names no origin."""
        origin = given.get("origin")
        if origin is None or "*" in self._allowed or origin.lower() in self._allowed:
            return True
        own = given.get(OWN_PAGE) is not None or _is_at(origin, given.get("host", ""))
        return own and "own" in self._allowed

    def say_stranger(self, given: Headers) -> None:
        """Log, once, that a page was refused for its origin."""
        origin, host = _told(given)
        self._say(
            "a live connection was refused: its page is of %s (Origin), and this server was asked as %s (Host). If the "
            "page is yours, have the proxy pass Host on as it came, or set %s",
            origin,
            host,
            f"NEURON_PLAYGROUND_ORIGINS={self._settings.origins},{origin}",
        )

    def say_unknown_name(self, given: Headers) -> None:
        """Log, once, that a page was refused for the name by which it asked."""
        origin, host = _told(given)
        name, _ = machine_place(host) or (host, None)
        self._say(
            "a live connection was refused: this server was asked as %s (Host), by a page of %s (Origin), and does not "
            "answer to that name. If it is yours, set %s",
            host,
            origin,
            f"NEURON_PLAYGROUND_NAMES={self._settings.names},{f'[{name}]' if ':' in name else name}",
        )

    def _say(self, sentence: str, *told: str) -> None:
        kind = (sentence, *told[:2])
        if kind not in self._said and len(self._said) < MOST_LINES:
            self._said.add(kind)
            log.warning(sentence, *told)


def _is_at(origin: str, host: str) -> bool:
    """Whether a page of `origin` is a page of the server that was asked as `host`.

    The schemes may differ: behind a proxy that speaks TLS, ours is http and the page's is https.
    """
    scheme, _, place = origin.lower().partition("://")
    page, ours = machine_place(place), machine_place(host)
    if scheme not in PORTS or page is None or ours is None or page[0] != ours[0]:
        return False
    usual = PORTS[scheme]
    return (page[1] or usual) == (ours[1] or usual)


def _told(given: Headers) -> tuple[str, str]:
    """Origin and Host as they may stand in a log: names of servers, or nothing that was made up."""
    origin, host = given.get("origin", "none"), given.get("host", "")
    known = origin in ("none", "null") or (len(origin) <= 100 and is_origin(origin.lower()))
    return origin.lower() if known else "?", host.lower() if len(host) <= 100 and machine_place(host) else "?"
