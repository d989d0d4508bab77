"""A script or a style sheet and everything it imports as one: a page loads it at once, and it shortens as a whole.

Not a general bundler. It knows the few forms that the page's own files use, and refuses any other with a sentence. In
scripts: named imports from a relative address, exported declarations, and no name twice at the top level; in sheets:
imports at the top, without conditions.
Why there is one of each: docs/decisions/0005-serve-scripts-shorter.md.
"""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.MULTILINE)
_DECLARED = re.compile(r"^(?:async )?(?:function\*?|class|const|let) (\w+|\{[^}]*\}|\[[^\]]*\])", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_SHEET = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)


class UnjoinableError(Exception):
    """A file has a form that one file out of many cannot have."""


def join(entry: Path) -> str:
    """The script or the sheet `entry` after all that it imports, directly or not; scripts in a scope of their own.

    Raises:
        UnjoinableError: an import or export of another form, or a name that two scripts declare at their top level.
    """
    bodies: dict[Path, str] = {}
    if entry.suffix == ".css":
        _collect_sheets(entry.resolve(), bodies)
        return "".join(bodies.values())
    _collect_scripts(entry.resolve(), bodies)
    _refuse_twins(bodies)
    return f"(async () => {{\n{''.join(bodies.values())}}})();\n"


def _collect_sheets(path: Path, bodies: dict[Path, str]) -> None:
    """Add `path` to `bodies`, after what it imports."""
    if path in bodies:
        return
    text = path.read_text(encoding="utf-8")
    for address in _SHEET.findall(text):
        _collect_sheets((path.parent / address).resolve(), bodies)
    body = _SHEET.sub("", text)
    if "@import" in body:
        raise UnjoinableError(f'{path.name} has an @import of another form than @import "file.css";')
    bodies[path] = body


def _collect_scripts(path: Path, bodies: dict[Path, str]) -> None:
    """Add `path` to `bodies`, after what it imports."""
    if path in bodies:
        return
    text = path.read_text(encoding="utf-8")
    for address in _IMPORT.findall(text):
        _collect_scripts((path.parent / address).resolve(), bodies)
    body = _EXPORT.sub("", _IMPORT.sub("", text))
    if other := _OTHER.search(body):
        raise UnjoinableError(
            f'{path.name} has "{other[0]}"; known: import {{ names }} from "./file.js"; '
            "and export before a function, class, const or let"
        )
    bodies[path] = body


def _refuse_twins(bodies: dict[Path, str]) -> None:
    owners: dict[str, Path] = {}
    for path, body in bodies.items():
        for declared in _DECLARED.findall(body):
            for name in re.findall(r"\w+", declared):
                owner = owners.setdefault(name, path)
                if owner != path:
                    raise UnjoinableError(f'{owner.name} and {path.name} both declare "{name}" at their top level')
