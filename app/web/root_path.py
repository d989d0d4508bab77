"""The path under which a proxy shows this server (`root_path`), whether the proxy takes it off or leaves it on.

The web server puts the path before every address that it hears, as if it had been taken off; where it was not, it
stands there twice. And a visitor who left out the slash at its end is sent on, since the page's addresses are relative.
"""

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class RootPath:
    """The application under its path."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        self._app = app
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the path off once where it stands twice."""
        twice = 2 * self._path
        if self._path and scope["type"] in ("http", "websocket"):
            if scope["path"].startswith(f"{twice}/"):
                scope = {**scope, "path": scope["path"].removeprefix(self._path)}
                raw = scope.get("raw_path")
                if raw:
                    scope["raw_path"] = raw.removeprefix(self._path.encode("ascii"))
            elif scope["path"] == twice and scope["type"] == "http":
                query = scope["query_string"].decode("latin-1")
                slashed = f"{self._path.rpartition('/')[2]}/"
                await RedirectResponse(f"{slashed}?{query}" if query else slashed)(scope, receive, send)
                return
        await self._app(scope, receive, send)
