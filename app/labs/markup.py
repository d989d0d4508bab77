"""The words of a lab as markup: Markdown without HTML, and formulas between dollar signs as MathML."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_FORMULA = re.compile(r"\$([^$\n]+)\$")


def html(text: str) -> str:
    """`text` as HTML: what is markup in it is escaped, but for formulas."""
    return str(_parser().render(text)).strip()


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.inline.ruler.before("escape", "formula", _read_formula)
    parser.add_render_rule("formula", _write_formula)
    return parser


def _read_formula(state: StateInline, silent: bool) -> bool:
    found = _FORMULA.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("formula", "math", 0).content = found[1]
    state.pos = found.end()
    return True


def _write_formula(
    renderer: Any, tokens: Sequence[Token], index: int, options: Mapping[str, Any], env: Mapping[str, Any]
) -> str:
    # The page would refuse their styles.
    return re.sub(r' style="[^"]*"', "", convert(tokens[index].content))
