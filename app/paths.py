"""Where the page's files are: built and beside this package once installed, at the checkout's root before.

Not here: which of them are served, and how (`app.web.routes`).
"""

import hashlib
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_INSTALLED = PACKAGE / "_assets"
ASSETS = _INSTALLED if _INSTALLED.is_dir() else PACKAGE.parent
STATIC = ASSETS / "static"
TEMPLATES = ASSETS / "templates"
COLOURS = _INSTALLED / "colours" if ASSETS == _INSTALLED else STATIC / "css"
"""The sheets that hold the page's colours, as they are written: the server's pictures have the same."""

_Mark = tuple[str, int, int]


def static_version(folder: Path = STATIC) -> str:
    """A short name for the contents of `folder`: it changes when, and only when, a file in it does.

    Asked on every page view, so that an edited file shows on the next reload; only changed files cost a reading.
    """
    return _digest(folder, tuple(sorted(_marks(folder))))


def _marks(folder: Path, under: str = "") -> Iterator[_Mark]:
    # Not by Path.rglob, which is slower: a page in a checkout asks for a hundred files, each by this version.
    with os.scandir(folder / under) as entries:
        for entry in entries:
            name = f"{under}{entry.name}"
            if entry.is_dir():
                yield from _marks(folder, f"{name}/")
            elif entry.is_file():
                stat = entry.stat()
                yield name, stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=4)
def _digest(folder: Path, marks: tuple[_Mark, ...]) -> str:
    digest = hashlib.sha256()
    for name, _, size in marks:
        digest.update(f"{name}\0{size}\0".encode())
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]
