"""A script and everything it imports as one script: what a page loads at once, and can be shortened as a whole.

Not a general bundler. It knows the few forms that the page's own scripts use, and refuses any other with a sentence:
named imports from a relative address, exported declarations, and no name twice at the top level.
Why there is one script: docs/decisions/0005-serve-scripts-shorter.md.
"""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.MULTILINE)
_DECLARED = re.compile(r"^(?:async )?(?:function\*?|class|const|let) (\w+|\{[^}]*\}|\[[^\]]*\])", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class UnjoinableError(Exception):
    """A script has a form that one script out of many cannot have."""


def join(entry: Path) -> str:
    """`entry` after all that it imports, directly or not, in a scope of their own.

    Raises:
        UnjoinableError: an import or export of another form, or a name that two scripts declare at their top level.
    """
    bodies: dict[Path, str] = {}
    _collect(entry.resolve(), bodies)
    _refuse_twins(bodies)
    return f"(async () => {{\n{''.join(bodies.values())}}})();\n"


def _collect(path: Path, bodies: dict[Path, str]) -> None:
    """Add `path` to `bodies`, after what it imports."""
    if path in bodies:
        return
    text = path.read_text(encoding="utf-8")
    for address in _IMPORT.findall(text):
        _collect((path.parent / address).resolve(), bodies)
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
