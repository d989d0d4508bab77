"""The playground in a frame, as a test sees it: found by its address, at work or at rest.

Waiting is for a state to come. Nothing is asserted here.
"""

import re

from playwright.sync_api import Frame, FrameLocator, Page

from tests.browser.playground import PATIENCE_MILLISECONDS, number
from tests.browser.wire import Wire

QUIET_MILLISECONDS = 1500
"""What plays would be seen to go on within this, even on a machine that is busy."""


def frame_of(page: Page, address: re.Pattern[str]) -> Frame:
    """The frame at an address like this, once there is one."""
    for _ in range(PATIENCE_MILLISECONDS // 50):
        for frame in page.frames:
            if address.search(frame.url):
                return frame
        page.wait_for_timeout(50)
    raise AssertionError(f"no frame at {address.pattern}, only {[frame.url for frame in page.frames]}")


def press(frame: Frame | FrameLocator, name: str) -> None:
    """Until it is heard: Chromium drops what is pressed in a frame that asks whether it is visible and has only just
    come to its place.
    """
    part = frame.get_by_test_id(name)
    part.evaluate("part => part.addEventListener('click', () => { part.dataset.pressed = '' }, { once: true })")
    for _ in range(PATIENCE_MILLISECONDS // 50):
        part.click(timeout=PATIENCE_MILLISECONDS)
        if part.evaluate("part => 'pressed' in part.dataset"):
            break
        part.page.wait_for_timeout(50)
    part.evaluate("part => { delete part.dataset.pressed }")


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


def wait_until_quiet(page: Page, wire: Wire) -> None:
    """Wait until no frame has come for a while: the last ones may still be under way when a frame is told to rest."""
    for _ in range(PATIENCE_MILLISECONDS // QUIET_MILLISECONDS):
        heard = len(wire.epochs)
        page.wait_for_timeout(QUIET_MILLISECONDS)
        if len(wire.epochs) == heard:
            return
    raise AssertionError("frames come without end")


def rested(frame: Frame) -> int:
    """The epoch at which a frame rests, once it does."""
    for _ in range(PATIENCE_MILLISECONDS // QUIET_MILLISECONDS):
        epoch = epoch_of(frame)
        frame.page.wait_for_timeout(QUIET_MILLISECONDS)
        if epoch_of(frame) == epoch:
            return epoch
    raise AssertionError("the frame goes on without end")
