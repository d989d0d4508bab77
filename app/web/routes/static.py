"""The page's scripts and styles at `/static/<version>/...`, shortened and compressed; `main.js` and `page.css`
come with everything they import.

The version is in the path because files name each other by relative address: a query would reach only the first.
Why shortened: docs/decisions/0005-serve-scripts-shorter.md.
"""

import mimetypes
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.paths import STATIC, static_version
from app.web.compression import compressed
from app.web.joining import join

try:
    import minify
except ImportError:  # it is not built for Apple's own processors: there the files are served as written
    minify = None

# What a system's own table says of .js decides whether a browser runs it; ours is the standard's word.
mimetypes.add_type("text/javascript", ".js")

FOREVER = "public, max-age=31536000, immutable"

SLIM = {".js": "text/javascript", ".css": "text/css"} if minify else {}
"""What is served shorter than it is written, by a file name's end, and the name by which the library knows it."""


JOINED = (STATIC / "js" / "main.js", STATIC / "css" / "page.css")
"""What is served with all that it imports."""
SENT_SHORT = (*SLIM, ".json", ".svg")
"""What is compressed for whoever reads that: nearly everyone."""


def slim(path: Path) -> str:
    """What is served of the script or style at `path`."""
    text = join(path) if path in JOINED else path.read_text(encoding="utf-8")
    kind = SLIM.get(path.suffix)
    return text if kind is None else minify.string(kind, text)


class VersionedFiles(StaticFiles):
    """Files whose address holds their version: kept for ever under the right one, for no time under any other."""

    def __init__(self, *, as_written: bool = False) -> None:
        """`as_written` leaves comments and blanks where they are, for whoever debugs the page."""
        super().__init__(directory=STATIC)
        self._as_written = as_written
        self._slim: dict[tuple[str, str], bytes] = {}

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file behind the version; a page of another version gets the file as it is now."""
        version, _, name = path.partition("/")
        response = await super().get_response(name, scope)
        if isinstance(response, FileResponse) and not self._as_written and Path(name).suffix in SENT_SHORT:
            response = self._slimmed(response, Headers(scope=scope).get("accept-encoding", ""))
        response.headers["Cache-Control"] = FOREVER if version == static_version() else "no-cache"
        return response

    def _slimmed(self, file: FileResponse, accepted: str) -> Response:
        """The same answer with less in it, compressed where `accepted`; made once for each state of the file."""
        key = (str(file.path), static_version())
        if key not in self._slim:
            self._slim[key] = slim(Path(file.path)).encode()
        body, encoding = compressed(self._slim[key], accepted)
        # The same contents in other bytes: a weak validator.
        headers = {"etag": f"W/{file.headers['etag']}", "last-modified": file.headers["last-modified"]} | encoding
        return Response(body, media_type=file.media_type, headers=headers)
