"""The changelog is true about the version, and is in the form it says it is in."""

import re
from datetime import date

from tests.repo.sources import ROOT

TEXT = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
RELEASES = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", TEXT, re.MULTILINE)
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_newest_number_is_the_version() -> None:
    declared = re.search(
        r'^__version__ = "(.+)"$', (ROOT / "app" / "__init__.py").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert declared is not None
    assert RELEASES[0][0] == declared[1]


def test_what_is_cited_is_the_version() -> None:
    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    assert cited is not None
    assert cited[1] == RELEASES[0][0]


def test_releases_run_from_new_to_old() -> None:
    numbers = [tuple(map(int, number.split("."))) for number, _ in RELEASES]
    days = [date.fromisoformat(day) for _, day in RELEASES]
    assert numbers == sorted(set(numbers), reverse=True)
    assert days == sorted(days, reverse=True)


def test_every_heading_is_of_the_agreed_form() -> None:
    second = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    assert second == ["[Unreleased]", *(f"[{number}] - {day}" for number, day in RELEASES)]
    assert set(re.findall(r"^### (.+)$", TEXT, re.MULTILINE)) <= KINDS
