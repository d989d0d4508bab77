"""The playground in a frame, as a test sees it: found by its address, overheard on the wire.

Waiting is for a state to come. Nothing is asserted here.
"""

import re

from playwright.sync_api import Frame, Page, WebSocket

from tests.app.client import Message
from tests.browser.playground import PATIENCE_MILLISECONDS, number


class Overheard:
    """Counts what comes over every live connection of a page, those of its frames included."""

    def __init__(self, page: Page) -> None:
        self.connections = 0
        self.frames = 0
        page.on("websocket", self._opened)

    def _opened(self, socket: WebSocket) -> None:
        self.connections += 1
        socket.on("framereceived", self._hear)

    def _hear(self, data: str | bytes) -> None:
        self.frames += Message(data).kind == "frame"


def frame_of(page: Page, address: re.Pattern[str]) -> Frame:
    """The frame at an address like this, once there is one."""
    for _ in range(PATIENCE_MILLISECONDS // 50):
        for frame in page.frames:
            if address.search(frame.url):
                return frame
        page.wait_for_timeout(50)
    raise AssertionError(f"no frame at {address.pattern}, only {[frame.url for frame in page.frames]}")


def press(frame: Frame, name: str) -> None:
    frame.get_by_test_id(name).click()


def epoch_of(frame: Frame) -> int:
    return int(number(frame.get_by_test_id("epoch").inner_text()))


def wait_until_playing(frame: Frame, playing: bool = True) -> None:
    """By what the button says; the frame need not be on the screen."""
    label = "Pause" if playing else "Play"
    button = frame.locator(f"[data-testid=play][aria-label={label}]")
    button.wait_for(state="attached", timeout=PATIENCE_MILLISECONDS)


def wait_until_trained(frame: Frame, epoch: int) -> None:
    script = "least => Number(document.querySelector('[data-testid=epoch]').textContent.replaceAll(',', '')) >= least"
    frame.wait_for_function(script, arg=epoch, timeout=PATIENCE_MILLISECONDS)
