"""What the server says to the page, overheard; and a wire that can be cut.

A page shows a pause at the click, and the server's last frame a moment later: a test that compares what is shown at
rest has to know that it is. Not for asserting: what counts is what the page shows.
"""

import json
from typing import Any

from playwright.sync_api import Page, WebSocket, WebSocketRoute

from tests.app.client import Message


class Wire:
    """Listens to every socket that the page and its frames open from now on."""

    def __init__(self, page: Page) -> None:
        self.connections = 0
        self.checkpoints = 0
        self.asked: list[dict[str, Any]] = []  # every `open`
        self.uploaded = 0  # bytes
        self.epochs: list[int] = []  # of every frame
        self.rests = 0  # frames of a run that is not playing
        self.frame: dict[str, Any] = {}
        self.opened: dict[str, Any] = {}  # the run that was opened last: its Config and its points
        self.join(page)

    def join(self, page: Page) -> None:
        page.on("websocket", self._opened)

    def _opened(self, socket: WebSocket) -> None:
        self.connections += 1
        socket.on("framereceived", self.hear)
        socket.on("framesent", self.overhear)

    def overhear(self, data: str | bytes) -> None:
        if isinstance(data, bytes):
            self.uploaded += len(data)
            return
        message = json.loads(data)
        if message["type"] == "open":
            self.asked.append(message)

    def hear(self, data: str | bytes) -> None:
        message = Message(data)
        if message.kind == "checkpoint":
            self.checkpoints += 1
        if message.kind == "opened":
            self.opened = message.body
        if message.kind == "frame":
            self.frame = message.body
            self.epochs.append(message.body["epoch"])
            self.rests += not message.body["playing"]


class CutWire(Wire):
    """Stands between the page and the server, passes everything on, and can be cut."""

    loses_uploads = False
    cuts_past: int | None = None
    """Cut once, at the first frame of a later epoch: a test that waited for it on the page might come too late."""
    cut_at = -1
    """Which of `epochs` was the last one before it was cut."""

    def join(self, page: Page) -> None:
        page.route_web_socket("**/live", self._stand_between)

    def _stand_between(self, client: WebSocketRoute) -> None:
        self.connections += 1
        self.ends = (client, client.connect_to_server())
        self.ends[0].on_message(self._pass_up)
        self.ends[1].on_message(lambda message: self._pass_on(client, message))

    def _pass_on(self, client: WebSocketRoute, message: str | bytes) -> None:
        self.hear(message)
        client.send(message)
        if self.cuts_past is not None and self.epochs and self.epochs[-1] > self.cuts_past:
            self.cuts_past = None
            self.cut()

    def _pass_up(self, message: str | bytes) -> None:
        self.overhear(message)
        if isinstance(message, str) or not self.loses_uploads:
            self.ends[1].send(message)

    def cut(self) -> None:
        self.cut_at = len(self.epochs) - 1
        for end in self.ends:
            end.close(code=3000, reason="cut by a test")
