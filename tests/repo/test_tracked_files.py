"""What may not be in the repository: addresses of registries, paths of one machine, things that are made.

And that the page asks nothing of other servers.
"""

import re

import pytest

from tests.repo.sources import ROOT, files

PINS = [
    path
    for path in files()
    if re.search(r"(^|/)(package(-lock)?\.json|constraints[^/]*\.txt|\.npmrc|pyproject\.toml)$", path)
]
MADE = re.compile(r"(^|/)(__pycache__|node_modules|\.venv|dist|build|test-artifacts)/|\.(pyc|whl|egg-info|log)$")
# Written so that the pattern does not find itself.
HOME = re.compile(rb"/(?:home|Users)/[A-Za-z]|/roo[t]/|[A-Z]:\\\\?Users")


@pytest.mark.parametrize("path", PINS)
def test_pins_name_no_address_to_download_from(path: str) -> None:
    """A lock file that was written anew carries the addresses of its sponsors: delete the `funding` entries."""
    assert re.findall(r"[a-z+]+://\S+", (ROOT / path).read_text(encoding="utf-8")) == []


def test_the_lock_file_pins_every_package_by_its_checksum() -> None:
    locked = re.findall(
        r'^    "node_modules/[^"]+": \{\n      "version": "[^"]+",\n      "(\w+)"',
        (ROOT / "package-lock.json").read_text(),
        re.MULTILINE,
    )
    assert locked
    assert set(locked) == {"integrity"}


def test_no_file_names_a_place_on_one_machine() -> None:
    here = str(ROOT).encode()
    named = []
    for path in files():
        text = (ROOT / path).read_bytes()
        # A checkout near the root of the file system, such as /src, is too short a name to search for.
        if HOME.search(text) or (len(ROOT.parts) > 2 and re.search(re.escape(here) + rb"\b", text)):
            named.append(path)
    assert named == []


def test_nothing_that_is_made_is_kept() -> None:
    assert [path for path in files() if MADE.search(path)] == []


def test_the_page_asks_nothing_of_other_servers() -> None:
    """Scripts, styles, fonts and pictures come from this server; a link that a reader may click is no request."""
    loads = re.compile(
        r"""(?:src|srcset)=["']https?:|<link\b[^>]*href=["']https?:|@import\s+(?:url\()?["']?https?:|url\(["']?https?:|(?:from|import\(?)\s*["']https?:|fetch\(\s*["'`]https?:"""
    )
    served = [
        path
        for path in files()
        if path.startswith(("static/", "templates/")) and path.endswith((".js", ".css", ".html", ".svg"))
    ]
    assert served
    assert [path for path in served if loads.search((ROOT / path).read_text(encoding="utf-8"))] == []
