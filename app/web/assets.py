"""The page's scripts, styles, words and late markup: made by the build in an installed copy, in a checkout as written.

A template names an asset by its path in the sources, as `js/main.js`; here it becomes an address that is good for ever,
because it changes with what it leads to. English is the page's words, from a file, and the server's, from its source
(`english`). Not here: what the build does (assets/build.js), nor HTTP (`routes.static`).
Why there are two kinds: docs/decisions/0008-what-an-installed-copy-serves.md.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath
from typing import Protocol

from app.paths import PACKAGE, static_version
from app.web.compression import compressed, reads
from app.web.english import english

LANGUAGES = ("en", "zh")
MANIFEST = "manifest.json"
ENGLISH = "messages/en.json"
NAMES = "names"
"""The part of a language's words that only the server reads: the page gets it with the menus."""

_ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""What the build has compressed, by the name in HTTP: the best first."""

_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
"""Of all that is served; a system's own table decides whether a browser runs a script."""

_IMPORT = re.compile(r'^(?:import|\}) [^;]*?from "(\.[^"]+)";$', re.MULTILINE)


@dataclass(frozen=True)
class Served:
    """A file as one client gets it. `lasting`: it will never be another under this address."""

    body: bytes
    media_type: str
    headers: dict[str, str]
    lasting: bool


class Assets(Protocol):
    """What the templates and the static route ask."""

    def address(self, name: str) -> str:
        """Where `name` is, relative to the page."""

    def imports(self, name: str) -> list[str]:
        """The addresses of the scripts that the script `name` imports, directly or not."""

    def words(self, language: str, own: str = "") -> list[str]:
        """The addresses of a language's words: what the page begins with, what is asked for later, and, where somebody
        has a part of their `own`, that.
        """

    def serve(self, path: str, accepted: str) -> Served | None:
        """The file at `path` under `static/` for a client with this Accept-Encoding, if there is one."""


def first_words(assets: Assets, address: str) -> Mapping[str, str]:
    """The page's own words in the file at `address`, by their keys."""
    return _words(assets, address)["messages"]


def entries(assets: Assets, language: str) -> Mapping[str, str]:
    """A language's words for what is in the catalog, by their keys; English has few, for the catalog is English."""
    said: dict[str, str] = {}
    for address in assets.words(language, NAMES):
        said |= _words(assets, address)["entries"]
    return said


def _words(assets: Assets, address: str) -> dict[str, dict[str, str]]:
    served = assets.serve(address.removeprefix("static/"), "")
    assert served is not None, address
    words: dict[str, dict[str, str]] = json.loads(served.body)
    return words


def assets(folder: Path) -> Assets:
    """Of a folder that the build made, or of the sources."""
    return BuiltAssets(folder) if (folder / MANIFEST).is_file() else WrittenAssets(folder)


class BuiltAssets:
    """Files with their contents' hash in their names, compressed beforehand."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entries = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        self._names = {path.name for path in folder.iterdir() if path.suffix in _TYPES} - {MANIFEST}

    def address(self, name: str) -> str:
        """Its hash is in the file's name."""
        return f"static/{self._entries[name]['file']}"

    def imports(self, name: str) -> list[str]:
        """Bundled: few, if any."""
        return [f"static/{file}" for file in self._entries[name].get("imports", ())]

    def words(self, language: str, own: str = "") -> list[str]:
        """Two files, or three."""
        parts = ("", ".late", f".{own}") if own else ("", ".late")
        return [self.address(f"messages/{language}{part}.json") for part in parts]

    def serve(self, path: str, accepted: str) -> Served | None:
        """The file, compressed by what the client reads best."""
        if path not in self._names:
            return None
        headers = {"Vary": "Accept-Encoding"}
        for encoding, ending in _ENCODINGS.items():
            packed = self._folder / f"{path}{ending}"
            if reads(accepted, encoding) and packed.is_file():
                headers["Content-Encoding"] = encoding
                return Served(packed.read_bytes(), _type(path), headers, lasting=True)
        return Served((self._folder / path).read_bytes(), _type(path), headers, lasting=True)


class WrittenAssets:
    """Files as they are, with the version of all of them in their address: they name each other by relative ones.

    One is more than its file: English, which has what the server says besides.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def address(self, name: str) -> str:
        """All of them change with any of them."""
        return f"static/{self._version(name)}/{name}"

    def imports(self, name: str) -> list[str]:
        """Every module that a browser would find out about one after the other."""
        # Asked once: it looks at every file of the folder.
        version = static_version(self._folder)
        return [f"static/{version}/{found}" for found in _graph(self._folder, name, version)]

    def words(self, language: str, own: str = "") -> list[str]:
        """One file."""
        return [self.address(f"messages/{language}.json")]

    def serve(self, path: str, accepted: str) -> Served | None:
        """The file behind the version; a page of another version gets the file as it is now."""
        version, _, name = path.partition("/")
        if name not in _names(self._folder, static_version(self._folder)):
            return None
        written = (self._folder / name).read_bytes()
        body, headers = compressed(_with_sentences(written) if name == ENGLISH else written, accepted)
        return Served(body, _type(name), headers, lasting=version == self._version(name))

    def _version(self, name: str) -> str:
        """English is another one where the server says something else, too."""
        version = static_version(self._folder)
        return f"{version}-{_digest_of_sentences()}" if name == ENGLISH else version


def _type(name: str) -> str:
    return _TYPES[PurePosixPath(name).suffix]


@cache
def _sentences() -> dict[str, str]:
    """What this process says: it was started with the source as it was then."""
    return english([PACKAGE, PACKAGE.parent / "nncore"])


@cache
def _digest_of_sentences() -> str:
    return hashlib.sha256(json.dumps(_sentences()).encode()).hexdigest()[:12]


def _with_sentences(file: bytes) -> bytes:
    words = json.loads(file)
    return json.dumps(words | {"messages": words["messages"] | _sentences()}, ensure_ascii=False).encode()


@lru_cache(maxsize=8)
def _names(folder: Path, version: str) -> frozenset[str]:
    """What may be asked for, as of this version of the folder."""
    return frozenset(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in _TYPES and path.is_file()
    )


@lru_cache(maxsize=8)
def _graph(folder: Path, entry: str, version: str) -> tuple[str, ...]:
    """What `entry` imports, as of this version of the folder: what is needed first comes first."""
    found = {entry: None}
    # A dictionary keeps its order, and grows while its list is read.
    queue = [entry]
    for name in queue:
        for target in _IMPORT.findall((folder / name).read_text(encoding="utf-8")):
            path = normpath(join(dirname(name), target))
            if path not in found:
                found[path] = None
                queue.append(path)
    return tuple(found)[1:]
