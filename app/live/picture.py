"""A frame while it is being painted: a piece at a time, so that whatever is painted no turn takes long.

The run must not move meanwhile: a frame shows one moment. Pure; the clock comes in. Not here: what a frame holds
(`frames`), when one is due (`viewer`).
"""

from collections.abc import Callable

from nncore.pieces import Pieces


class Picture:
    """One frame in the making, and what it has cost so far."""

    def __init__(self, pieces: Pieces[bytes], begun_at: float, *, prompt: bool, lens: bool) -> None:
        """`prompt`: it was asked for. `lens`: it carries the lens."""
        self._pieces, self.begun_at = pieces, begun_at
        self.prompt, self.lens = prompt, lens
        self.seconds = 0.0
        """What it has cost so far; the turns of others in between do not count."""

    def advance(self, clock: Callable[[], float], deadline: float) -> bytes | None:
        """Paint until `deadline` by `clock`, at least one piece; the frame, once it is done."""
        begun = now = clock()
        try:
            while now < deadline or now == begun:
                next(self._pieces)
                now = clock()
        except StopIteration as end:
            now = clock()
            frame: bytes = end.value
            return frame
        finally:
            self.seconds += now - begun
        return None
