"""The page's scripts and styles, as they are on disk, at `/static/<version>/...`.

The version is in the path because scripts import each other by relative address: a query would reach only the first.
"""

import mimetypes

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.paths import STATIC, static_version

# What a system's own table says of .js decides whether a browser runs it; ours is the standard's word.
mimetypes.add_type("text/javascript", ".js")

FOREVER = "public, max-age=31536000, immutable"


class VersionedFiles(StaticFiles):
    """Files whose address holds their version: kept for ever under the right one, for no time under any other."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file behind the version; a page of another version gets the file as it is now."""
        version, _, name = path.partition("/")
        response = await super().get_response(name, scope)
        response.headers["Cache-Control"] = FOREVER if version == static_version() else "no-cache"
        return response
