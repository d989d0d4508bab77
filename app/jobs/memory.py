"""Answers that may be given again, the ones asked for last, up to so many bytes. Pure."""

from collections import OrderedDict


class Memory:
    """What is remembered, by name."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._known: OrderedDict[str, bytes] = OrderedDict()

    def find(self, name: str) -> bytes | None:
        """What is remembered of `name`, and is now the last to be forgotten."""
        if name not in self._known:
            return None
        self._known.move_to_end(name)
        return self._known[name]

    def keep(self, name: str, data: bytes) -> None:
        """Remember `data`, and forget what has not been asked for longest where there is no room."""
        self._bytes += len(data) - len(self._known.pop(name, b""))
        self._known[name] = data
        while self._bytes > self._most_bytes:
            _, oldest = self._known.popitem(last=False)
            self._bytes -= len(oldest)
