"""What one session takes of its host's memory: its run as it is looked at, and what comes up for another.

A wish that costs more than there is left is refused before anything is built. Pure. Not here: how much a run takes
(`app.links.memory`), nor what the other sessions have taken (`app.hosts.host`).
"""

from collections.abc import Callable, Sequence

from app.links.memory import needed, no_room, too_much_together
from app.live.upload import Upload
from app.live.viewer import ViewSettings
from app.settings import Settings
from nncore.config import Config
from nncore.footprint import View


class Account:
    """A session's."""

    def __init__(self, settings: Settings, room: Callable[["Account"], float]) -> None:
        """`room` tells how much the host has for this session, what it has taken itself included."""
        self._settings, self._room = settings, room
        self._run_bytes = 0
        self.upload = Upload(settings)

    @property
    def total(self) -> int:
        """What is taken now."""
        return self._run_bytes + self.upload.nbytes

    def price(self, config: Config, view: ViewSettings, path: str) -> int:
        """What a run of `config` takes in place of the present one, seen like this.

        Raises OutOfRange where no session may take so much, NoRoom where others have left less.
        """
        return self.price_of([(path, config)], view)

    def price_of(self, runs: Sequence[tuple[str, Config]], view: ViewSettings) -> int:
        """The same for several runs together, each with its path."""
        lens = (0, 0) if view.lens is None else (view.lens.pixels, view.lens.lines)
        shown = View(view.unit_pixels, view.output_pixels, *lens)
        price = sum(needed(config, self._settings, path, shown) for path, config in runs)
        if len(runs) > 1 and price > (high := self._settings.session_room()):
            raise too_much_together(price, high)
        self.afford(price, runs[0][0])
        return price

    def room(self) -> float:
        """The bytes that a run may take: a session's at most, less where others have taken them."""
        return min(self._settings.session_room(), self._room(self) - self.upload.nbytes)

    def afford(self, price: int, path: str) -> None:
        """Raise NoRoom where others have left less than `price`."""
        room = self._room(self) - self.upload.nbytes
        if price > room:
            raise no_room(price, room, path)

    def pay(self, price: int) -> None:
        """The run takes so much from now on."""
        self._run_bytes = price

    def take_up(self, part: bytes, now: float) -> None:
        """One more part of a checkpoint has come. Raises InputError where it does not fit; see `Upload.add`."""
        self.upload.add(part, now, self._room(self) - self.total)
