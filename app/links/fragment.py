"""Points behind the # of a link, where the line of a request has no room for them.

    data=own&points=fragment&layers=8#points=AdAPBgMBzw8…

What follows a # is sent to no server: a page reads it and hands the whole link to its session. So such a link opens
everywhere on a page, in frames as well, and has no poster. Pure. Not here: how points become letters
(`packed_points`), the other keys (`link`).
"""

from collections.abc import Iterable, Mapping

from app.links.keys import MOST_CHARACTERS
from nncore.errors import InputError
from nncore.sentence import Sentence

_MISSING = Sentence(
    "refused.fragment_missing",
    "are behind the # of this link, and that part is missing: it was cut off, or, as for pictures, only what stands "
    "before the # was sent",
)

BEHIND = "fragment"
"""In the place of points: they stand behind the #, under the same key."""

MOST_BEHIND = 65_000
"""Characters behind the #: any 2,000 points, 5,000 with six decimals. Browsers take more, chats less."""


def joined(parts: Iterable[tuple[str, str]]) -> str | None:
    """Keys and values as a link without its question mark; None where it would be too long even so."""
    parts = list(parts)
    query = _text(parts)
    if len(query) <= MOST_CHARACTERS:
        return query
    behind = [(name, text) for name, text in parts if _holds_points(name)]
    query = _text((name, BEHIND if _holds_points(name) else text) for name, text in parts)
    fragment = _text(behind)
    fits = behind and len(query) <= MOST_CHARACTERS and len(fragment) <= MOST_BEHIND
    return f"{query}#{fragment}" if fits else None


def completed(query: Mapping[str, str], fragment: Mapping[str, str]) -> dict[str, str]:
    """The keys of a `query`, points that it says are in the `fragment` among them; InputError where they are not."""
    found = dict(query)
    for name, text in query.items():
        if not (_holds_points(name) and text == BEHIND):
            continue
        if name not in fragment:
            raise InputError(name, _MISSING)
        found[name] = fragment[name]
    return found


def is_behind(query: str) -> bool:
    """Whether points of this query stand behind its #, so that whoever has the query alone has not got them."""
    return any(map(_is_marked, query.split("&")))


def without_points(query: str) -> str:
    """The query without the points that stand behind its #: what can be checked of it where they are not at hand."""
    return "&".join(pair for pair in query.split("&") if not _is_marked(pair))


def with_keys(link: str, more: str) -> str:
    """A link with `more` keys, which have to stand before its #."""
    query, mark, fragment = link.partition("#")
    return "&".join(filter(None, (query, more))) + mark + fragment


def _holds_points(name: str) -> bool:
    """Whether it is the key of points, of a race's lane perhaps."""
    return name.rpartition(".")[2] == "points"


def _is_marked(pair: str) -> bool:
    name, _, text = pair.partition("=")
    return _holds_points(name) and text == BEHIND


def _text(parts: Iterable[tuple[str, str]]) -> str:
    return "&".join(f"{name}={text}" for name, text in parts)
