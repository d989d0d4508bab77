"""What the server says in English, read from its source: it stands where it is said, and nowhere else.

Read as text and not imported, with the standard library alone: the build asks for it, too, with a Python that has none
of what the application needs (hatch_build.py). Not here: the page's own words and other languages (static/messages).
"""

import ast
from collections.abc import Iterable
from pathlib import Path

WORD = "refused.word."
"""How the key of a word begins that stands in a sentence's place: the word itself follows."""


def english(packages: Iterable[Path]) -> dict[str, str]:
    """Every `Sentence` in the modules of these folders by its key, and the `WORDS` that may stand in their places."""
    said: dict[str, str] = {}
    for path in sorted(path for package in packages for path in package.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "Sentence(" in text:
            for node in ast.walk(ast.parse(text, path)):
                said |= _sentence(node) | _words(node)
    return said


def _sentence(node: ast.AST) -> dict[str, str]:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Sentence"):
        return {}
    key, text = (ast.literal_eval(argument) for argument in node.args)
    return {key: text}


def _words(node: ast.AST) -> dict[str, str]:
    if not (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "WORDS"):
        return {}
    return {f"{WORD}{word}": word for word in ast.literal_eval(node.value)}
