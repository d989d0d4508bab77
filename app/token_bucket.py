"""A token bucket: so many messages at once, so many a second for long, and how long a flood has to wait.

Pure: time comes in as numbers. Not here: the waiting (`routes.live`), the refusing
(`admission`).
"""


class Bucket:
    """Full at first; one token a message, refilled at a steady rate."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        """`rate` in tokens a second; `burst` tokens at most."""
        self._rate, self._burst = rate, burst
        self._tokens, self._since = burst, now

    def take(self, now: float) -> float:
        """Take a token; how many seconds to wait before the next may be asked for: 0 but in a flood."""
        self._tokens = self._level(now) - 1.0
        self._since = now
        return max(0.0, -self._tokens / self._rate)

    def admits(self, now: float) -> bool:
        """Take a token if there is a whole one."""
        return self._level(now) >= 1.0 and self.take(now) == 0.0

    def is_full(self, now: float) -> bool:
        """Whether nothing is left of what was taken."""
        return self._level(now) >= self._burst

    def _level(self, now: float) -> float:
        return min(self._burst, self._tokens + self._rate * (now - self._since))
