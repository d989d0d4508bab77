"""The pages of decisions: each is called by a number of its own."""

import re
from collections import Counter

from tests.repo.sources import files

PAGES = [path for path in files() if path.startswith("docs/decisions/") and path.endswith(".md")]


def number(path: str) -> str:
    """What stands before the first dash of the file's name."""
    return path.rpartition("/")[2].partition("-")[0]


def test_every_page_is_called_by_four_digits_and_what_was_decided() -> None:
    assert PAGES
    assert [path for path in PAGES if not re.fullmatch(r"docs/decisions/\d{4}(-[a-z0-9]+)+\.md", path)] == []


def test_no_two_pages_have_the_same_number() -> None:
    assert [each for each, times in Counter(map(number, PAGES)).items() if times > 1] == []
