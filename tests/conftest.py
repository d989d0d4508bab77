"""What every test shares: an order that tells the most soon.

Not for fixtures: those stand beside the tests that use them.
"""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: they are the slowest, and say little while a smaller test fails."""
    items.sort(key=lambda item: "tests/browser" in item.path.as_posix())
