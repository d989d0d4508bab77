"""The repository as the tests beside this file read it: its files, its modules, and what each module imports.

Reads text and syntax trees only; nothing is imported or run.
"""

import ast
import gc
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("nncore", "app")


@cache
def files() -> tuple[str, ...]:
    """Every file that is in git or would be with the next `git add`, by its path from the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(sorted(path for path in set(listed.split("\0")) - {""} if (ROOT / path).is_file()))


def modules(*folders: str) -> list[str]:
    """The Python files in these folders (by default, the packages) by their path from the root."""
    return [path for path in files() if path.endswith(".py") and path.split("/")[0] in (folders or PACKAGES)]


def module_name(path: str) -> str:
    """nncore/neurons/linear.py is nncore.neurons.linear, nncore/neurons/__init__.py is nncore.neurons."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def tree(path: str) -> ast.Module:
    """Kept to the end: Python need not look through it for garbage, which would take most of the time."""
    gc.disable()
    try:
        return ast.parse((ROOT / path).read_text(encoding="utf-8"), path)
    finally:
        gc.freeze()
        gc.enable()


def imports(path: str) -> Iterator[str]:
    """The dotted name of everything a file imports, wherever in the file, types included.

    `from nncore import neurons` gives nncore.neurons: a name that might be a module is given whole, and the
    reader of this list decides whether it is one.
    """
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by a relative name"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def imported_modules(path: str) -> set[str]:
    """The modules of our own packages that a file imports."""
    ours = {module_name(module) for module in modules()}
    found = set()
    for name in imports(path):
        parent = name.rpartition(".")[0]
        found |= {name} & ours or {parent} & ours
    return found
