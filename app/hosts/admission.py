"""Who may come in: sessions in all, and from one address, counted as they come and go, and how fast they come.

A school is one address, so the limit per address is there against one machine that takes every place, not against a
class. Pure. Not here: what a session is (`session`), nor where it goes (`backend`).
"""

import ipaddress
import time
from collections import Counter
from collections.abc import Callable

from app.errors import Busy
from app.settings import Settings
from app.token_bucket import Bucket
from nncore.sentence import Sentence

_CLOSING = Sentence("say.busy_closing", "The server is shutting down.")
_TOO_FAST = Sentence("say.busy_too_fast", "Too many sessions were opened from this address at once.")
_FULL = Sentence("say.busy_full", "The server is full ({places} {places:place|places}).")
_ADDRESS_FULL = Sentence("say.busy_address_full", "All places for this address are taken ({places}).")

MOST_PACES = 10_000
"""Addresses whose pace is remembered at most."""


class Admission:
    """The places, and who has taken them."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._clock = clock
        self._taken: Counter[str] = Counter()
        self._paces: dict[str, Bucket] = {}
        self.closing = False
        """True once the server is shutting down: nobody comes in any more."""
        self.refused = 0
        """How many were told to come back."""

    def enter(self, address: str) -> None:
        """Take a place for `address`. Raises Busy where there is none."""
        settings, home = self._settings, neighbourhood(address)
        if self.closing:
            self._refuse(_CLOSING, settings.closing_retry_seconds)
        if not self._pace(home).admits(self._clock()):
            self._refuse(_TOO_FAST, settings.busy_retry_seconds)
        if self._taken.total() >= settings.sessions:
            self._refuse(_FULL, settings.busy_retry_seconds, settings.sessions)
        if self._taken[home] >= settings.sessions_per_address:
            self._refuse(_ADDRESS_FULL, settings.busy_retry_seconds, settings.sessions_per_address)
        self._taken[home] += 1

    def leave(self, address: str) -> None:
        """Give a place back."""
        home = neighbourhood(address)
        self._taken[home] -= 1
        if self._taken[home] <= 0:
            del self._taken[home]

    def _pace(self, home: str) -> Bucket:
        """How fast `home` comes; addresses whose last visit no longer counts are forgotten when there are many."""
        if home not in self._paces:
            now = self._clock()
            if len(self._paces) >= MOST_PACES:
                self._paces = {known: pace for known, pace in self._paces.items() if not pace.is_full(now)}
            if len(self._paces) >= MOST_PACES:
                # So many newcomers in so short a time are one flood under many names: all start anew.
                self._paces.clear()
            self._paces[home] = Bucket(self._settings.connects_per_second, self._settings.connects_at_once, now)
        return self._paces[home]

    def _refuse(self, sentence: Sentence, retry_seconds: float, places: int = 0) -> None:
        self.refused += 1
        raise Busy(sentence, retry_seconds, places=places)


def neighbourhood(address: str) -> str:
    """What counts as one address: an IPv4 address, an IPv6 network of 64 bits (one customer's), or any other name."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(known) >> 64 << 64, 64)))
