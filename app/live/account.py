"""What one session takes of its host's memory: its run as it is looked at, and what comes up for another.

A wish that costs more than there is left is refused before anything is built. Pure. Not here: how much a run takes
(`app.links.memory`), nor what the other sessions have taken (`app.hosts.host`).
"""

from collections.abc import Callable, Sequence

from app.links.memory import needed, no_room, roomier, too_much_together
from app.live.upload import Upload
from app.live.viewer import ViewSettings
from app.settings import Settings
from nncore.config import Config
from nncore.errors import InputError
from nncore.footprint import View

POINTS_AHEAD = 250
"""Own points that are paid for before they are drawn."""


class Account:
    """A session's."""

    def __init__(self, settings: Settings, room: Callable[["Account"], float]) -> None:
        """`room` tells how much the host has for this session, what it has taken itself included."""
        self._settings, self._room = settings, room
        self._run_bytes = self._paid_points = 0
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
        self._run_bytes, self._paid_points = price, 0

    def pay_ahead(self, config: Config, view: ViewSettings) -> None:
        """Pay for a run of `config`, whose own points are drawn, and for some more where there is room.

        So the next of a stroke are paid for: what a run takes is found out by passes through its network, which cost
        more than the stroke. Raises what `price` raises.
        """
        count = config.data.count
        if self._paid_points - 2 * POINTS_AHEAD < count <= self._paid_points:
            return
        try:
            self.pay(self.price(roomier(config, POINTS_AHEAD), view, ""))
            self._paid_points = count + POINTS_AHEAD
        except InputError:
            self.pay(self.price(config, view, ""))

    def take_up(self, part: bytes, now: float) -> None:
        """One more part of a checkpoint has come. Raises InputError where it does not fit; see `Upload.add`."""
        self.upload.add(part, now, self._room(self) - self.total)
