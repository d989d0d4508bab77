"""What a module keeps to itself is used there, and no name is given twice in one module.

ruff finds unused imports, variables and arguments, but takes any name of a module for one that others may import.
"""

import ast
from collections import Counter
from collections.abc import Iterator

from tests.repo.sources import files, tree

SOURCES = [path for path in files() if path.endswith(".py")]


def bound(statement: ast.stmt) -> Iterator[str]:
    """The names that one statement gives, `_` aside; an import gives them, too, but ruff looks after these."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            stored = (n.id for n in ast.walk(target) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
            yield from (name for name in stored if name != "_")


def given(module: ast.Module) -> list[str]:
    """Every name that a module gives at its top level, once for each time; one of two branches gives none twice."""
    return [name for statement in module.body for name in bound(statement)]


def used(module: ast.Module) -> set[str]:
    """Every name that is read in the module but by what it names, and every one that a decorator has taken."""
    found: set[str] = set()
    for statement in module.body:
        own = set() if getattr(statement, "decorator_list", []) else set(bound(statement))
        found |= set(bound(statement)) - own
        found |= {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)} - own
    return found


def unused(module: ast.Module) -> list[str]:
    return [name for name in given(module) if name[0] == "_" and name[:2] != "__" and name not in used(module)]


def twice(module: ast.Module) -> list[str]:
    return [name for name, times in Counter(given(module)).items() if times > 1]


def test_a_name_that_is_not_used_or_is_given_twice_is_found() -> None:
    module = ast.parse(
        "_A, _B = 1, 2\ndef _f(): return _f() + _B\n_C: int = 3\ndef g(): pass\nclass g: _own = _C\n"
        "async def _h(): pass\n@g\ndef _taken(): pass\nx, _ = _ = 1, 2\n"
    )
    assert unused(module) == ["_A", "_f", "_h"]
    assert twice(module) == ["g"]


def test_every_private_name_is_used_in_its_own_file() -> None:
    assert [f"{path}: {name}" for path in SOURCES for name in unused(tree(path))] == []


def test_no_name_is_given_twice() -> None:
    assert [f"{path}: {name}" for path in SOURCES for name in twice(tree(path))] == []
