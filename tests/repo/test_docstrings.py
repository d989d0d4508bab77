"""Every file of code opens by saying what it is for."""

import ast

import pytest

from tests.repo.sources import ROOT, files, modules, tree

PYTHON = modules("nncore", "app", "tests")
JAVASCRIPT = [path for path in files() if path.endswith(".js") and path.startswith(("static/", "tests/"))]


@pytest.mark.parametrize("path", PYTHON)
def test_python_module_opens_with_a_docstring(path: str) -> None:
    said = ast.get_docstring(tree(path))
    assert said, "no docstring"
    assert said.split("\n\n")[0].rstrip().endswith((".", "?")), "its first paragraph is not a sentence"


@pytest.mark.parametrize("path", JAVASCRIPT)
def test_javascript_module_opens_with_a_comment(path: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8").lstrip().startswith(("/**", "//")), "no opening comment"
