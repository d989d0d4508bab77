"""What guards every answer: strict headers by path, the names we answer to, the pages that may open the live socket.

A thin layer around the whole application, so that no route can forget it. Not here: limits (`admission`), nor the
checks of what a message holds (`app.live.commands`, `nncore.snapshot`).
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.machine_names import machine_name
from app.settings import Settings, words
from app.web.live_origins import LiveOrigins

FRAMEABLE = ("/embed", "/embed/race", "/embed/memory", "/poster", "/poster.png", "/training.gif")
"""The only paths that other pages may show in a frame."""

DEEPER = ("/embed/race", "/embed/memory")
"""The pages that stand in a folder: a base of its own leads to the files that all pages have."""

PUBLIC = ("/static/", "/api/", "/live/")
"""Files and data that any page may read: a sandboxed frame has no origin, so even our own page is a stranger there.
What is live goes only to whoever has its secret, and to no page that may not open it."""

LIVE = "/live/"
"""Where the live connection is to be had without a socket."""

PROBES = ("/healthz", "/readyz")
"""Asked from next door, by number: a container's health check knows no name. They say nothing of visitors."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "
)


def headers_for(path: str) -> dict[str, str]:
    """The headers that an answer at `path` carries, whatever it is."""
    policy = _POLICY.replace("base-uri 'none'", "base-uri 'self'") if path in DEEPER else _POLICY
    headers = {
        "Content-Security-Policy": policy + ("*" if path in FRAMEABLE else "'none'"),
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


class Names:
    """The names that the server answers to."""

    def __init__(self, settings: Settings) -> None:
        listed = words(settings.names)
        self._any = "*" in listed
        self._names = {machine_name(word) for word in listed} - {None}

    def has(self, host: str) -> bool:
        """Whether a request with this Host is answered."""
        return self._any or machine_name(host) in self._names


class Guard:
    """The application behind its headers and checks."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._names = Names(settings)
        self._origins = LiveOrigins(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what may not come in, add the headers to what goes out."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope)
        if scope["type"] == "websocket":
            if self._lets_in(given):
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
        if path not in PROBES and not self._names.has(given.get("host", "")):
            refusal = PlainTextResponse("This server does not answer to that name.\n", 421)
            await refusal(scope, receive, guarded)
        elif path.startswith(LIVE) and not self._lets_in(given):
            refusal = PlainTextResponse("This page may not open a live connection to this server.\n", 403)
            await refusal(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    def _lets_in(self, given: Headers) -> bool:
        """Whether a live connection may be opened; where not, the log says why."""
        if not self._names.has(given.get("host", "")):
            self._origins.say_unknown_name(given)
            return False
        if not self._origins.may_open(given):
            self._origins.say_stranger(given)
            return False
        return True
