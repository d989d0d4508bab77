"""A clock that tests wind by hand; each look at it takes a moment, so that every loop ends."""


class Clock:
    """Seconds since the test began."""

    def __init__(self, tick_seconds: float = 0.0005) -> None:
        self.now = 0.0
        self.tick_seconds = tick_seconds

    def __call__(self) -> float:
        self.now += self.tick_seconds
        return self.now
