"""Every file of code opens by saying what it is for."""

import ast

from tests.repo.sources import ROOT, files, modules, tree

PYTHON = modules("nncore", "app", "docs", "tests")
JAVASCRIPT = [path for path in files() if path.endswith(".js") and path.startswith(("static/", "tests/"))]


def test_python_modules_open_with_a_docstring() -> None:
    assert len(PYTHON) > 200
    assert [path for path in PYTHON if not ast.get_docstring(tree(path))] == []


def test_the_first_paragraph_is_a_sentence() -> None:
    said = {path: ast.get_docstring(tree(path)) or "" for path in PYTHON}
    assert [path for path, text in said.items() if not text.split("\n\n")[0].rstrip().endswith((".", "?"))] == []


def test_javascript_modules_open_with_a_comment() -> None:
    assert len(JAVASCRIPT) > 80
    texts = {path: (ROOT / path).read_text(encoding="utf-8").lstrip() for path in JAVASCRIPT}
    assert [path for path, text in texts.items() if not text.startswith(("/**", "//"))] == []
