"""Addresses of this server's own pages, as other programs name them: which page, which query, seen from where.

Pure. Not here: what is answered at an address (`routes`).
"""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from app.links.fragment import is_behind, with_keys
from nncore.errors import InputError, OutOfRange
from nncore.sentence import Sentence

RACE, RACE_FRAME = "race", "embed/race"
MEMORY, MEMORY_FRAME = "memory", "embed/memory"

PAGES = ("", "embed", RACE, RACE_FRAME, MEMORY, MEMORY_FRAME)
"""The pages that may be linked to and shown elsewhere, by their names behind the root."""

MOST_CHARACTERS = 8500
"""The longest link with what may stand beside it, the host and the path."""

_TOO_LONG = Sentence("refused.address_too_long", "must have at most {most} characters, not {count}")
_NO_ADDRESS = Sentence("refused.no_address", "is not an address")
_NOT_OURS = Sentence(
    "refused.address_elsewhere", "must be the address of a page on this server ({place}), including its query"
)


@dataclass(frozen=True)
class Address:
    """A page of ours with its query and what stands behind its #; `base` ends with a slash."""

    base: str
    page: str
    query: str
    fragment: str = ""

    @property
    def whole(self) -> str:
        """The address itself."""
        return self.of(self.page)

    @property
    def link(self) -> str:
        """The query with points behind its #, as whoever opens the page has it."""
        return f"{self.query}#{self.fragment}" if self.fragment else self.query

    @property
    def is_whole(self) -> bool:
        """Whether the query holds all of it: a picture's address, or a code, has no room for points behind a #."""
        return not is_behind(self.query)

    @property
    def has_picture(self) -> bool:
        """Whether this server can draw it: not what is behind a #, and no memory."""
        return self.is_whole and self.kind != "memory"

    @property
    def kind(self) -> str:
        """What it shows: a `run`, a `race` or a `memory`."""
        return {RACE: "race", RACE_FRAME: "race", MEMORY: "memory", MEMORY_FRAME: "memory"}.get(self.page, "run")

    @property
    def framed(self) -> str:
        """The same as a page for frames."""
        return self.of({"race": RACE_FRAME, "memory": MEMORY_FRAME}.get(self.kind, "embed"))

    @property
    def oembed(self) -> str:
        """Where oEmbed describes it, in full: WordPress resolves no relative address."""
        return f"{self.base}oembed?url={self.quoted}&format=json"

    @property
    def quoted(self) -> str:
        """The address as a value in another's query: no longer than it must be, as proxies bound a request's line."""
        return quote(self.whole, safe=":/?=,~")

    def of(self, page: str, **more: object) -> str:
        """Another address of ours with the same query and `more` keys; a page's has what is behind the #, too."""
        extra = "&".join(f"{name}={value}" for name, value in more.items())
        link = with_keys(self.link if page in PAGES else self.query, extra)
        return f"{self.base}{page}{'?' if link else ''}{link}"


def read_address(text: str, host: str, root_path: str) -> Address:
    """The page of ours at `text`, where this server is `host` and lives under `root_path`.

    Raises InputError where it is none of ours.
    """
    if len(text) > MOST_CHARACTERS:
        raise OutOfRange("url", _TOO_LONG, most=MOST_CHARACTERS, count=len(text))
    try:
        parts = urlsplit(text)
    except ValueError:
        raise InputError("url", _NO_ADDRESS) from None
    root = f"{root_path.rstrip('/')}/"
    page = parts.path.removeprefix(root) if parts.path.startswith(root) else None
    if f"{parts.path}/" == root:
        page = ""
    ours = parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()
    if not ours or page not in PAGES:
        raise InputError("url", _NOT_OURS, place=f"{host}{root}")
    # Behind a # there may be any place on a page, too.
    fragment = parts.fragment if is_behind(parts.query) else ""
    return Address(f"{parts.scheme}://{parts.netloc}{root}", page, parts.query, fragment)
