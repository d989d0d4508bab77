"""Regular expressions as a machine that backtracks would try them, step by step: how much work a text makes.

Counting takes no clock: the same pattern and text make the same number of steps on every machine. Python's own engine
skips some of them, so what is linear here is linear there. Knows what `re` parses; which patterns there are in the
repository is for `test_patterns`.
"""

import re
import re._constants as sre
import re._parser
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

Node = tuple[Any, Any]
Nodes = Sequence[Node]

MOST_STEPS = 50_000
"""Where counting stops: of some patterns the work doubles with each character."""

REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
ENDS = ("", "\x00", " ")
"""What makes a match fail at the end of a long text: characters that few patterns ask for, one of them a blank."""

_CATEGORIES = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_WORD: "a1_",
    sre.CATEGORY_SPACE: " \n",
    sre.CATEGORY_NOT_SPACE: "a",
    sre.CATEGORY_NOT_WORD: "-",
    sre.CATEGORY_NOT_DIGIT: "a",
}


class Endless(Exception):
    """MOST_STEPS are taken."""


class Machine:
    """One pattern. `steps` counts what was tried since it was made."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.steps = 0
        self.nodes: Nodes = list(re._parser.parse(pattern, flags))
        self._flags = flags

    def search(self, text: str, *, anchored: bool) -> None:
        """Look for every match; `anchored` for the one that is the whole text. Raises Endless."""
        if anchored:
            any(end == len(text) for end in self._sequence(self.nodes, text, 0))
            return
        place = 0
        while place <= len(text):
            end = next(self._sequence(self.nodes, text, place), None)
            place = place + 1 if end is None else max(end, place + 1)

    def _sequence(self, nodes: Nodes, text: str, place: int) -> Iterator[int]:
        """Where a match of `nodes` from `place` on may end, in the order of trying."""
        if not nodes:
            yield place
            return
        for end in self._node(nodes[0], text, place):
            yield from self._sequence(nodes[1:], text, end)

    def _node(self, node: Node, text: str, place: int) -> Iterator[int]:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Endless
        kind, what = node
        if kind in REPEATS:
            low, high, body = what
            ends = self._repeated(list(body), low, high, text, place, greedy=kind is not sre.MIN_REPEAT)
            yield from islice(ends, 1) if kind is sre.POSSESSIVE_REPEAT else ends
        elif kind is sre.SUBPATTERN:
            yield from self._sequence(list(what[3]), text, place)
        elif kind is sre.ATOMIC_GROUP:
            yield from islice(self._sequence(list(what), text, place), 1)
        elif kind is sre.BRANCH:
            for way in what[1]:
                yield from self._sequence(list(way), text, place)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            if self._holds(what, text, place) == (kind is sre.ASSERT):
                yield place
        elif kind is sre.AT:
            if _is_at(what, text, place, lines=bool(self._flags & re.MULTILINE)):
                yield place
        elif place < len(text) and self._takes(node, text[place]):
            yield place + 1

    def _repeated(
        self, body: Nodes, low: int, high: int, text: str, place: int, *, greedy: bool, count: int = 0
    ) -> Iterator[int]:
        if len(body) == 1 and not _inside(body[0]) and body[0][0] is not sre.AT:
            ends = self._run(body[0], high, text, place)[low:]
            yield from reversed(ends) if greedy else ends
            return
        if not greedy and count >= low:
            yield place
        if count < high:
            for end in self._sequence(body, text, place):
                if end > place or count < low:
                    yield from self._repeated(body, low, high, text, end, greedy=greedy, count=count + 1)
        if greedy and count >= low:
            yield place

    def _run(self, node: Node, high: int, text: str, place: int) -> list[int]:
        """Where each character of a run ends that `node` takes one by one, the place before the first included."""
        ends = [place]
        while len(ends) <= high and any(True for _ in self._node(node, text, ends[-1])):
            ends.append(ends[-1] + 1)
        return ends

    def _holds(self, what: tuple[int, Any], text: str, place: int) -> bool:
        direction, nodes = what
        if direction > 0:
            return next(self._sequence(list(nodes), text, place), None) is not None
        # Looking back takes a fixed width.
        start = place - nodes.getwidth()[0]
        return start >= 0 and next(self._sequence(list(nodes), text, start), None) == place

    def _takes(self, node: Node, letter: str) -> bool:
        if node[0] is sre.ANY:
            return letter != "\n" or bool(self._flags & re.DOTALL)
        return _class_of(node)(letter)


def _class_of(node: Node) -> Callable[[str], bool]:
    """Whether a character is one that `node`, a single character or a set of them, allows."""
    kind, what = node
    if kind is sre.LITERAL:
        return lambda letter: ord(letter) == what
    if kind is sre.NOT_LITERAL:
        return lambda letter: ord(letter) != what
    assert kind is sre.IN, f"a pattern holds {kind}, which is not counted yet"
    negated = what[0][0] is sre.NEGATE
    return lambda letter: any(_is_in(item, letter) for item in what[negated:]) != negated


def _is_in(item: Node, letter: str) -> bool:
    kind, what = item
    if kind is sre.RANGE:
        return bool(what[0] <= ord(letter) <= what[1])
    if kind is sre.LITERAL:
        return bool(ord(letter) == what)
    assert kind is sre.CATEGORY
    name = str(what).removeprefix("CATEGORY_")
    found = {"DIGIT": letter.isdigit(), "SPACE": letter.isspace(), "WORD": letter.isalnum() or letter == "_"}
    return found[name.removeprefix("NOT_")] != name.startswith("NOT_")


def _is_at(what: Any, text: str, place: int, *, lines: bool) -> bool:
    if what in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
        return place == 0 or (lines and text[place - 1] == "\n")
    if what in (sre.AT_END, sre.AT_END_STRING):
        return place == len(text) or (lines and text[place] == "\n")
    before, after = (one.isalnum() or one == "_" for one in (text[place - 1 : place], text[place : place + 1]))
    return (before != after) == (what is sre.AT_BOUNDARY)


def hostile(nodes: Nodes) -> Iterator[tuple[str, str, str]]:
    """Texts that may make much work, as what stands before, what is repeated, and what makes the match fail."""
    starts = set(_before_repeats(nodes, ""))
    lines = {f"{start}\n" for start in starts}
    pumps = sorted((set(_letters(nodes)) | set(_bodies(nodes)) | starts | lines | {witness(nodes)}) - {""})
    for before in sorted(starts):
        for pump in pumps:
            for after in ENDS:
                yield before, pump, after


def witness(nodes: Nodes) -> str:
    """A short text that `nodes` match."""
    return "".join(_shortest(node) for node in nodes)


def _shortest(node: Node) -> str:
    kind, what = node
    if kind in REPEATS:
        return witness(list(what[2])) * max(int(what[0]), 1)
    if kind is sre.SUBPATTERN:
        return witness(list(what[3]))
    if kind is sre.ATOMIC_GROUP:
        return witness(list(what))
    if kind is sre.BRANCH:
        return witness(list(what[1][0]))
    return next(iter(_letters([node])), "") if kind not in (sre.AT, sre.ASSERT, sre.ASSERT_NOT) else ""


def _inside(node: Node) -> list[Nodes]:
    kind, what = node
    if kind in REPEATS:
        return [list(what[2])]
    if kind is sre.SUBPATTERN:
        return [list(what[3])]
    if kind is sre.ATOMIC_GROUP:
        return [list(what)]
    if kind is sre.BRANCH:
        return [list(way) for way in what[1]]
    return [list(what[1])] if kind in (sre.ASSERT, sre.ASSERT_NOT) else []


def _letters(nodes: Nodes) -> Iterator[str]:
    """A few characters for each place of the pattern that takes one."""
    for kind, what in nodes:
        for part in _inside((kind, what)):
            yield from _letters(part)
        if kind is sre.LITERAL:
            yield chr(what)
        elif kind in (sre.ANY, sre.NOT_LITERAL):
            yield "~"
        elif kind is sre.IN and what[0][0] is sre.NEGATE:
            yield next(letter for letter in "~a b" if _class_of((kind, what))(letter))
        elif kind is sre.IN:
            for item, value in what:
                yield from _CATEGORIES[value] if item is sre.CATEGORY else chr(value[0] if item is sre.RANGE else value)


def _bodies(nodes: Nodes) -> Iterator[str]:
    """What each repeat repeats."""
    for node in nodes:
        for part in _inside(node):
            if node[0] in REPEATS and witness(part):
                yield witness(part)
            yield from _bodies(part)


def _before_repeats(nodes: Nodes, before: str) -> Iterator[str]:
    """What brings a match as far as each of its repeats."""
    yield before
    for index, node in enumerate(nodes):
        for part in _inside(node):
            yield from _before_repeats(part, before + witness(nodes[:index]))
