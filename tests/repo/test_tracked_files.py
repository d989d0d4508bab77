"""What may not be in the repository: addresses of registries, paths of one machine, things that are made.

And how much the page may weigh, and that it asks nothing of other servers.
"""

import re

import pytest

from app.paths import STATIC
from app.web.routes.static import JOINED, SLIM, slim
from tests.repo.sources import ROOT, files

PINS = [
    path
    for path in files()
    if re.search(r"(^|/)(package(-lock)?\.json|constraints[^/]*\.txt|\.npmrc|pyproject\.toml)$", path)
]
MADE = re.compile(r"(^|/)(__pycache__|node_modules|\.venv|dist|build|test-artifacts)/|\.(pyc|whl|egg-info|log)$")
# Written so that the pattern does not find itself.
HOME = re.compile(rb"/(?:home|Users)/[A-Za-z]|/roo[t]/|[A-Z]:\\\\?Users")
PAGE_BYTES = 150_000
FRAME_BYTES = PAGE_BYTES + 8_000


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


@pytest.mark.skipif(not SLIM, reason="on this machine scripts are served as written: decision 0005")
@pytest.mark.parametrize(("frame", "most"), [(False, PAGE_BYTES), (True, FRAME_BYTES)], ids=["page", "frame"])
def test_the_page_is_light(frame: bool, most: int) -> None:
    """Its script and its sheet with all that they import, and the dark one; in a frame, one more of each."""
    extra = [STATIC / "css" / "embed.css", STATIC / "js" / "embed" / "frame.js"]
    dark = STATIC / "css" / "dark.css"
    sizes = {path.name: len(slim(path).encode()) for path in [*JOINED, dark, *(extra if frame else [])]}
    assert len(sizes) > 1
    assert sum(sizes.values()) <= most, sorted(sizes.items(), key=lambda item: -item[1])[:5]


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
