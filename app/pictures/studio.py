"""Has pictures made, one after the other in processes of their own, and remembers the last ones.

Bounded: one process at a time, so many orders waiting, so many seconds each, so many bytes remembered. Equal orders
that come together are made once. Not here: what a picture shows (`scene`).
"""

import asyncio
import contextlib
from collections import OrderedDict

from app import child_process
from app.errors import Busy, PictureTooCostly
from app.pictures.order import Order
from app.pictures.worker import TOO_LONG
from app.settings import Settings
from nncore.sentence import Sentence

_TOO_MANY_PICTURES = Sentence("say.busy_pictures", "Too many pictures are being made.")

START_SECONDS = 20.0
"""Beyond an order's own seconds: starting the process on a busy machine, drawing the last picture."""

_TOO_COSTLY = Sentence(
    "refused.picture_too_costly",
    "{value} of this network would take longer than {seconds} seconds; ask for fewer, a smaller network or fewer "
    "points",
)


class Studio:
    """Pictures on order."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known: OrderedDict[str, bytes] = OrderedDict()
        self._under_way: dict[str, asyncio.Task[bytes]] = {}
        self._turn = asyncio.Semaphore(1)

    async def picture(self, order: Order) -> bytes:
        """The file that `order` asks for.

        Raises Busy where too many wait, PictureTooCostly where it would take longer than it may.
        """
        key = order.key
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        if key not in self._under_way:
            if len(self._under_way) >= self._settings.pictures_waiting:
                raise Busy(_TOO_MANY_PICTURES, self._settings.busy_retry_seconds)
            task = asyncio.create_task(self._make(order))
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        # A visitor who leaves does not take the picture from others who wait for the same.
        return await asyncio.shield(self._under_way[key])

    async def close(self) -> None:
        """Give up what is being made."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _make(self, order: Order) -> bytes:
        async with self._turn:
            process = await asyncio.create_subprocess_exec(
                *child_process.command("app.pictures.worker"),
                env=child_process.environment(),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                process_group=0,
            )
            try:
                async with asyncio.timeout(order.seconds + START_SECONDS):
                    file, _ = await process.communicate(order.encode())
            except TimeoutError:
                raise self._too_costly(order) from None
            finally:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if process.returncode == TOO_LONG:
            raise self._too_costly(order)
        if process.returncode != 0:
            raise RuntimeError(f"the process that makes pictures ended with {process.returncode}")
        self._remember(order.key, file)
        return file

    def _too_costly(self, order: Order) -> PictureTooCostly:
        return PictureTooCostly("epochs", _TOO_COSTLY, value=order.epochs, seconds=order.seconds)

    def _remember(self, key: str, file: bytes) -> None:
        self._known[key] = file
        while sum(map(len, self._known.values())) > self._settings.pictures_bytes:
            self._known.popitem(last=False)
