"""The page as an installed copy serves it, built once for each state of the sources: who tests again need not wait.

Not for what proves the build itself: the wheel is always built anew (tests/repo/conftest.py).
"""

import hashlib
import shutil
import tempfile
from pathlib import Path

import hatch_build
from tests.repo.sources import ROOT, files

KEPT = ROOT / "build" / "tested"
"""One folder, named for the state of what it was built from."""

MADE_FROM = ("app/", "assets/", "nncore/", "static/", "templates/")
"""English sentences come from the packages, all else from the page."""

PINNED_IN = ("constraints.txt", "hatch_build.py", "package-lock.json")


def make_page(folder: Path) -> None:
    """Put the built page into this empty folder: a copy of the last one if the sources are what they were."""
    kept = KEPT / state()
    if not kept.is_dir():
        hatch_build.build(str(folder))
        _keep(folder, kept)
        return
    shutil.copytree(kept, folder, dirs_exist_ok=True)


def state() -> str:
    """A name for all that goes into the page, whatever state it is in."""
    digest = hashlib.sha256()
    for path in files():
        if path.startswith(MADE_FROM) or path in PINNED_IN:
            digest.update(f"{path}\0{hashlib.sha256((ROOT / path).read_bytes()).hexdigest()}\0".encode())
    return digest.hexdigest()[:16]


def _keep(folder: Path, kept: Path) -> None:
    """Whole or not at all, and instead of what was kept before; another run of tests may be about to do the same."""
    KEPT.mkdir(parents=True, exist_ok=True)
    earlier = list(KEPT.glob("[!.]*"))
    begun = Path(tempfile.mkdtemp(prefix=".", dir=KEPT))
    shutil.copytree(folder, begun, dirs_exist_ok=True)
    try:
        begun.rename(kept)
    except OSError:  # it is there already
        shutil.rmtree(begun)
    for path in earlier:
        if path != kept:
            shutil.rmtree(path, ignore_errors=True)
