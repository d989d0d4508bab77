"""What guards every answer: strict headers by path, the names we answer to, the pages that may open the live socket.

A thin layer around the whole application, so that no route can forget it. Not here: limits (`admission`), nor the
checks of what a message holds (`app.live.commands`, `nncore.snapshot`).
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.machine_names import machine_name
from app.settings import Settings, words

FRAMEABLE = ("/embed", "/poster", "/poster.png", "/training.gif")
"""The only paths that other pages may show in a frame."""

PUBLIC = ("/static/", "/api/")
"""Files and data that any page may read: a sandboxed frame has no origin, so even our own page is a stranger there."""

PROBES = ("/healthz", "/readyz")
"""Asked from next door, by number: a container's health check knows no name. They say nothing of visitors."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "
)


def headers_for(path: str) -> dict[str, str]:
    """The headers that an answer at `path` carries, whatever it is."""
    headers = {
        "Content-Security-Policy": _POLICY + ("*" if path in FRAMEABLE else "'none'"),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    if path not in FRAMEABLE:
        headers["X-Frame-Options"] = "DENY"
    if path.startswith(PUBLIC):
        headers["Access-Control-Allow-Origin"] = "*"
    return headers


def visible_path(scope: Scope) -> str:
    """The path as this server knows it, without what a proxy shows it under."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


class Guard:
    """The application behind its headers and checks."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        listed = words(settings.names)
        self._any_name = "*" in listed
        self._names = {machine_name(word) for word in listed} - {None}
        self._origins = words(settings.origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what may not come in, add the headers to what goes out."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope)
        if scope["type"] == "websocket":
            if self._answers_to(given) and self._may_open(given):
                await self._app(scope, receive, send)
            else:
                await receive()
                await send({"type": "websocket.close", "code": 1008})
            return
        path = visible_path(scope)
        extra = headers_for(path)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(extra)
            await send(message)

        if scope["method"] == "HEAD":
            # Whoever only looks is told the same; the web server leaves the body out.
            scope = {**scope, "method": "GET"}
        if path in PROBES or self._answers_to(given):
            await self._app(scope, receive, guarded)
        else:
            refusal = PlainTextResponse("This server does not answer to that name.\n", 421)
            await refusal(scope, receive, guarded)

    def _answers_to(self, given: Headers) -> bool:
        return self._any_name or machine_name(given.get("host", "")) in self._names

    def _may_open(self, given: Headers) -> bool:
        """Whether the page that opens the socket may. A client that is no browser names no origin."""
        origin = given.get("origin")
        if origin is None or "*" in self._origins or origin in self._origins:
            return True
        if "own" not in self._origins or not given.get("host"):
            return False
        # The schemes may differ: behind a proxy that speaks TLS, ours is http and the page's is https.
        scheme, _, place = origin.lower().partition("://")
        return scheme in ("http", "https") and place == given["host"].lower()
