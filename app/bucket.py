"""A token bucket: so many messages at once, so many a second for long, and how long a flood has to wait.

Pure: time comes in as numbers. Not here: the waiting (`routes.live`).
"""


class Bucket:
    """Full at first; one token a message, refilled at a steady rate."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        """`rate` in tokens a second; `burst` tokens at most."""
        self._rate, self._burst = rate, burst
        self._tokens, self._since = burst, now

    def take(self, now: float) -> float:
        """Take a token; how many seconds to wait before the next may be asked for: 0 but in a flood."""
        self._tokens = min(self._burst, self._tokens + self._rate * (now - self._since)) - 1.0
        self._since = now
        return max(0.0, -self._tokens / self._rate)
