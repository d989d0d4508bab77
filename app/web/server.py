"""Listening: the settings as given, a port that is really free, an address printed once it really answers.

Ends with everything it started, within two seconds of Ctrl-C or SIGTERM. Not here: what is answered (`application`).
"""

import asyncio
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
from app.settings import Settings
from app.web.acceptor import Acceptor
from app.web.application import create_app
from app.web.descriptors import most_connections
from app.web.forwarded import Forwarded
from app.web.lan import invitation, lan_address
from app.web.live_protocol import live_protocol
from app.web.request_timeout import timed
from app.web.services import Services
from app.web.stalled import LOOK_SECONDS, StalledConnections
from app.web.transport import READ_FACTOR

EVERY_ADDRESS = ("0.0.0.0", "::")

TICKS_PER_LOOK = round(LOOK_SECONDS / 0.1)
"""uvicorn ticks every tenth of a second."""


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
    too_long = detail["type"] == "int_parsing_size"
    said = "must have fewer digits" if too_long else detail["msg"].removeprefix("Value error, ")
    sentence = said.replace("Input should", "must", 1)
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
            Forwarded(app, settings),
            access_log=False,
            root_path=settings.root_path,
            http=timed(settings),
            ws=live_protocol(settings),
            ws_max_size=READ_FACTOR * settings.message_bytes,
            ws_per_message_deflate=False,
            ws_ping_interval=settings.ping_seconds,
            ws_ping_timeout=settings.ping_timeout_seconds,
            proxy_headers=False,
            timeout_graceful_shutdown=1,
            server_header=False,
            log_config=None,
        )
        try:
            _Server(config, app.services, settings).run(sockets=[listener])
        except KeyboardInterrupt:
            sys.exit(0)


class _Server(uvicorn.Server):
    """uvicorn's server, which says where it is once it is there, and lets its visitors know before it goes."""

    def __init__(self, config: uvicorn.Config, services: Services, settings: Settings) -> None:
        super().__init__(config)
        self._services = services
        self._settings = settings
        self._stalled = StalledConnections(settings.stalled_seconds)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        assert sockets
        (listener,) = sockets
        asyncio.get_running_loop().set_exception_handler(logs.say_loop_error)
        # The application alone: the listening is ours.
        await super().startup([])
        if not self.started:
            return
        most = most_connections(self._settings)
        self.servers.append(Acceptor(listener, self._protocol, lambda: len(self.server_state.connections), most))  # type: ignore[arg-type]
        typer.echo(f"Neuron Playground is running at {_address(listener)}")
        if self._settings.share_lan:
            typer.echo(_invitation(listener))
        sys.stdout.flush()

    async def on_tick(self, counter: int) -> bool:
        if counter % TICKS_PER_LOOK == 0:
            self._stalled.look(self.server_state.connections)
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._services.backend.drain()
        await self._services.polling.drain()
        await super().shutdown(sockets)

    def _protocol(self) -> asyncio.Protocol:
        protocol: type[asyncio.Protocol] = self.config.http_protocol_class
        return protocol(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)  # type: ignore[call-arg]


def _listen(host: str, port: int) -> socket.socket:
    """A socket bound to `host` and `port`; raises UsageError where that cannot be."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        # Whoever writes :: means every address of this machine, those of the fourth version, too.
        both = host == EVERY_ADDRESS[1] and socket.has_dualstack_ipv6()
        listener = socket.create_server(place[:2], family=family, backlog=2048, dualstack_ipv6=both)
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
    if host in EVERY_ADDRESS:
        host = "::1" if _is_sixth_alone(listener) else "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _is_sixth_alone(listener: socket.socket) -> bool:
    """Whether nobody gets in by an address of the fourth version."""
    return listener.family == socket.AF_INET6 and bool(listener.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY))


def _invitation(listener: socket.socket) -> str:
    """What other machines need to know; where they cannot come in, why."""
    host, port = listener.getsockname()[:2]
    here = None if _is_sixth_alone(listener) else lan_address() if host in EVERY_ADDRESS else host
    if here is None or here.startswith("127.") or here == "::1":
        return "Other machines cannot reach this address: this machine is in no network, or --host keeps it to itself."
    return invitation(here, port)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)
