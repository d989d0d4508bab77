"""What a trusted proxy says of a request: who asked, over TLS or not, and under which name the server was asked for.

The web server's own part knows the first two (`X-Forwarded-For`, `-Proto`). The name, `X-Forwarded-Host`, is believed
only where Host is itself a name that the server answers to: a page that has made its own name lead to this machine
could else claim any (DNS rebinding). Not here: the path under which a proxy shows the server (`root_path`).
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.machine_names import machine_place
from app.settings import Settings
from app.web.security import Names

_MAPPED = "::ffff:"
"""Before an address of the fourth version on a socket of the sixth."""


class Forwarded:
    """The application, told by its proxies."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        proxied = ProxyHeadersMiddleware(app, settings.proxies)  # type: ignore[arg-type]
        self._app: ASGIApp = proxied  # type: ignore[assignment]
        self._trusted = proxied.trusted_hosts
        self._names = Names(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as its client made it."""
        if scope.get("client"):
            peer, port = scope["client"]
            scope = {**scope, "client": (peer.removeprefix(_MAPPED) if "." in peer else peer, port)}
            if scope["client"][0] in self._trusted:
                scope = self._named(scope)
        await self._app(scope, receive, send)

    def _named(self, scope: Scope) -> Scope:
        given = Headers(scope=scope)
        # A chain of proxies adds to the list: the first is what the browser showed.
        named = given.get("x-forwarded-host", "").split(",")[0].strip()
        if machine_place(named) is None or not self._names.has(given.get("host", "")):
            return scope
        scope = {**scope, "headers": list(scope["headers"])}
        MutableHeaders(scope=scope)["host"] = named
        return scope
