"""Listening: the settings as given, a port that is really free, an address printed once it really answers.

Ends with everything it started, within two seconds of Ctrl-C or SIGTERM. Not here: what is answered (`application`).
"""

import os
import signal
import socket
import sys
from types import FrameType

import typer
import uvicorn
from pydantic import ValidationError

from app import logs
from app.errors import UsageError
from app.hosts.backend import Backend
from app.settings import Settings
from app.web.application import create_app
from app.web.lan import invitation, lan_address
from app.web.request_timeout import patient

READ_FACTOR = 4
"""The web server reads messages this much over the limit, so that they can be refused in words; beyond, it closes."""


def settings_from(**given: object) -> Settings:
    """The settings from the command line (None for what was not given) and the environment. Raises UsageError."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        raise UsageError(_wrong_setting(error)) from None


def _wrong_setting(error: ValidationError) -> str:
    """The first thing that is wrong, in one sentence."""
    detail = error.errors(include_url=False)[0]
    name = str(detail["loc"][0]) if detail["loc"] else "settings"
    sentence = detail["msg"].removeprefix("Value error, ").replace("Input should", "must", 1)
    told = f"the setting {name} {sentence[:1].lower()}{sentence[1:]}"
    return told if detail["type"] == "value_error" else f"{told}, not {str(detail['input'])[:100]!r}"


def run(settings: Settings) -> None:
    """Serve until told to end."""
    # uvicorn hands the signal on when it is done; from then on there is nothing left but to go.
    signal.signal(signal.SIGTERM, _leave)
    with _listen(settings.host, settings.port) as listener:
        logs.set_up(settings, "web")
        app = create_app(settings)
        config = uvicorn.Config(
            app,
            access_log=False,
            root_path=settings.root_path,
            http=patient(settings.request_seconds),
            ws="websockets-sansio",
            ws_max_size=READ_FACTOR * settings.message_bytes,
            ws_per_message_deflate=False,
            ws_ping_interval=settings.ping_seconds,
            ws_ping_timeout=settings.ping_timeout_seconds,
            forwarded_allow_ips=settings.proxies,
            timeout_graceful_shutdown=1,
            server_header=False,
            log_config=None,
        )
        try:
            _Server(config, app.state.backend, share_lan=settings.share_lan).run(sockets=[listener])
        except KeyboardInterrupt:
            sys.exit(0)


class _Server(uvicorn.Server):
    """uvicorn's server, which says where it is once it is there, and lets its visitors know before it goes."""

    def __init__(self, config: uvicorn.Config, backend: Backend, *, share_lan: bool) -> None:
        super().__init__(config)
        self._backend = backend
        self._share_lan = share_lan

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            typer.echo(f"Neuron Playground is running at {_address(sockets[0])}")
            if self._share_lan:
                typer.echo(_invitation(sockets[0]))
            sys.stdout.flush()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._backend.drain()
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    """A socket bound to `host` and `port`; raises UsageError where that cannot be."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.create_server(place[:2], family=family, backlog=2048)
    except (socket.gaierror, UnicodeError):
        raise UsageError(f"{host} is not an address of this machine") from None
    except OSError as error:
        reason = os.strerror(error.errno).lower() if error.errno else str(error)
        raise UsageError(f"port {port} on {host} cannot be used: {reason}") from None
    # What is accepted inherits it. Without, a small message waits 40 ms for the reader's word on the one before it.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _address(listener: socket.socket) -> str:
    """Where a browser on this machine finds it."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _invitation(listener: socket.socket) -> str:
    """What other machines need to know; where they cannot come in, why."""
    host, port = listener.getsockname()[:2]
    here = lan_address() if host in ("0.0.0.0", "::") else host
    if here is None or here.startswith("127.") or here == "::1":
        return "Other machines cannot reach this address: this machine is in no network, or --host keeps it to itself."
    return invitation(here, port)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)
