"""Every limit and every choice of the server, in one table: name, unit, default, range and a sentence.

Each can be set in the environment: `NEURON_PLAYGROUND_PORT=9000`. There is no instance here: whoever starts a
server makes one and hands it down. Not here: what defines a run (`nncore.config`).
"""

import ipaddress
import os
import re
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from app.machine import room_for_sessions
from app.machine_names import has_port, is_origin, machine_name

OWN_PATHS = frozenset(
    (
        *("api", "atlas", "embed", "embed.js", "healthz", "labs", "live", "metrics", "oembed", "poster", "poster.png"),
        *("memory", "qr.svg", "race", "readyz", "static", "training.gif"),
    )
)
"""What the server's own addresses begin with."""

DAY = 86_400
"""Seconds. Nothing here waits longer."""


class Settings(BaseSettings):
    """The server's settings."""

    model_config = SettingsConfigDict(env_prefix="NEURON_PLAYGROUND_", frozen=True, allow_inf_nan=False)

    host: str = Field(
        default="127.0.0.1",
        description="The address to listen on; 0.0.0.0 for all of this machine's, :: for IPv6 as well.",
    )
    port: int = Field(default=8000, ge=0, le=65535, description="The port to listen on; 0 for any free one.")

    root_path: str = Field(
        default="",
        description="The path under which a proxy serves this server, such as /neurons, whether or not the proxy "
        "removes it.",
    )
    share_lan: bool = Field(
        default=False, description="At start, print the address on the local network and its QR code."
    )
    names: str = Field(
        default="*",
        description=(
            "Host names that the server answers to (without port), comma-separated, such as example.org or "
            "[::1]; * for any."
        ),
    )
    origins: str = Field(
        default="own,null",
        description=(
            "The pages that may open a live connection, comma-separated: own for this server's, null for sandboxed "
            "frames (any site can make one, so this lets every site in), * for any, or origins such as "
            "https://example.org."
        ),
    )
    proxies: str = Field(
        default="127.0.0.1,::1",
        description=(
            "Trusted proxies, comma-separated, * for any: their X-Forwarded-For, -Proto and -Host headers "
            "are used for the client's address, the scheme and the host name."
        ),
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="Log lines for people, or JSON for programs."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="warning", description="Minimum log level.")

    assets: Path | None = Field(
        default=None, description="A folder made by `make assets`, served instead of the page's sources."
    )

    hosts: int = Field(default=0, ge=0, le=256, description="Training processes; 0 for one per core.")
    sessions: int = Field(
        default=400,
        ge=1,
        le=100_000,
        description="Maximum number of sessions; further visitors are told to come back later.",
    )
    sessions_per_address: int = Field(
        default=350,
        ge=1,
        le=100_000,
        description="Maximum number of sessions from one address; a whole school may share one.",
    )
    busy_retry_seconds: float = Field(
        default=15.0, ge=0.01, le=DAY, description="Seconds after which a visitor who was turned away should try again."
    )
    closing_retry_seconds: float = Field(
        default=1.0,
        ge=0.01,
        le=DAY,
        description="Seconds after which a visitor who came during a shutdown should try again.",
    )
    connects_per_second: float = Field(
        default=20.0,
        ge=0.01,
        le=1_000_000,
        description="Sustained rate of new sessions from one address; more are told to come back.",
    )
    connects_at_once: int = Field(
        default=700,
        ge=1,
        le=1_000_000,
        description="New sessions allowed from one address in a burst, such as a class reloading.",
    )
    connections: int = Field(
        default=2000,
        ge=10,
        le=100_000,
        description=(
            "Maximum number of open connections, live sockets and others; more have to wait. Lower where the "
            "system's limit on open files is lower."
        ),
    )
    request_seconds: float = Field(
        default=20.0,
        ge=0.01,
        le=DAY,
        description="Request timeout: a connection that takes longer than this to finish a request or a message is "
        "closed.",
    )
    request_bytes_per_second: float = Field(
        default=16_000.0,
        ge=1,
        le=1_000_000_000,
        description="Minimum transfer rate: this many bytes of a request or a message extend its timeout by a second.",
    )
    bodies_bytes: int = Field(
        default=32_000_000,
        ge=1000,
        le=10_000_000_000,
        description=(
            "Maximum bytes of unfinished requests in memory; the same limit applies separately to waiting "
            "socket messages, to messages sent without a socket, and to jobs."
        ),
    )
    stalled_seconds: float = Field(
        default=40.0,
        ge=0.01,
        le=DAY,
        description="A connection that has not read any of the data waiting for it for this long is cut.",
    )
    open_seconds: float = Field(
        default=30.0,
        ge=0.01,
        le=DAY,
        description="A live connection on which nothing arrives for this long after it opens is closed.",
    )
    first_message_seconds: float = Field(
        default=10.0,
        ge=0.01,
        le=DAY,
        description=(
            "If nothing arrives on a live connection for this long after it opens, the page assumes that the "
            "network drops its messages."
        ),
    )
    ping_seconds: float = Field(
        default=20.0,
        ge=0.01,
        le=DAY,
        description=(
            "Interval between pings on a socket; without a socket, how long a request for messages waits for some."
        ),
    )
    ping_timeout_seconds: float = Field(
        default=20.0,
        ge=0.01,
        le=DAY,
        description="A live connection whose client has not answered a ping, or asked for messages, for this long is "
        "closed.",
    )
    polls_per_second: float = Field(
        default=10.0,
        ge=0.1,
        le=120,
        description="Maximum rate of answers to a client that polls over HTTP because its network blocks sockets.",
    )
    messages_per_second: float = Field(
        default=200.0,
        ge=0.01,
        le=1_000_000,
        description="Sustained rate at which messages are read from one live connection.",
    )
    messages_at_once: int = Field(
        default=400,
        ge=1,
        le=1_000_000,
        description=(
            "Messages read from one live connection in a burst. Pings and fragments are counted separately; "
            "more of them close it."
        ),
    )
    idle_seconds: float = Field(
        default=900.0, ge=0.01, le=DAY, description="A run that nobody has watched for this long is paused."
    )
    host_silence_seconds: float = Field(
        default=1.4,
        ge=0.01,
        le=DAY,
        description="An idle training process that gives no sign of life for this long is replaced.",
    )
    host_busy_seconds: float = Field(
        default=20.0,
        ge=0.01,
        le=DAY,
        description="A training process that gives no sign of life for this long is replaced even while it is working.",
    )

    session_bytes: int = Field(
        default=64_000_000,
        ge=1_000_000,
        le=100_000_000_000,
        description="Maximum memory of one session in bytes, estimated beforehand.",
    )
    host_bytes: int = Field(
        default=0,
        ge=0,
        le=1_000_000_000_000,
        description=(
            "Maximum memory in bytes of all sessions in one training process, by the same estimate; 0 for "
            "its share of the machine's, or the container's, memory."
        ),
    )

    layers: int = Field(default=6, ge=0, le=64, description="Maximum number of hidden layers.")
    units: int = Field(default=16, ge=1, le=1024, description="Maximum number of units in a hidden layer.")
    points: int = Field(
        default=2000,
        ge=2,
        le=1_000_000,
        description=(
            "Maximum number of data points, training and test together. Fewer than the 5000 that `train --points` "
            "takes, as many people share a server."
        ),
    )
    classes: int = Field(default=10, ge=2, le=256, description="Maximum number of classes in a dataset.")
    replay_epochs: int = Field(
        default=2000,
        ge=0,
        le=1_000_000,
        description="Maximum number of epochs that a link with `epochs` may replay before it is shown.",
    )
    message_bytes: int = Field(
        default=512_000, ge=1000, le=100_000_000, description="Maximum bytes of one message from a client."
    )
    table_bytes: int = Field(
        default=10_000_000,
        ge=1000,
        le=100_000_000,
        description="Maximum bytes of a table, as text or as a spreadsheet.",
    )
    checkpoint_bytes: int = Field(
        default=4_000_000,
        ge=300_000,
        le=100_000_000,
        description="Maximum bytes of a checkpoint; a run that could need more is refused.",
    )
    upload_seconds: float = Field(
        default=20.0,
        ge=0.01,
        le=DAY,
        description="A checkpoint uploaded in parts is dropped if the next part does not arrive within this time.",
    )

    frames_per_second: float = Field(
        default=60.0, ge=0.1, le=120, description="Default frame rate for a client; a busy server sends fewer."
    )
    frames_per_second_high: float = Field(
        default=60.0, ge=0.1, le=120, description="Maximum frame rate that a client may ask for."
    )
    unit_pixels: int = Field(default=12, ge=4, le=200, description="Default width and height of a unit's map.")
    output_pixels: int = Field(default=50, ge=4, le=400, description="Default width and height of the output.")
    lens_per_second: float = Field(
        default=5.0,
        ge=0.1,
        le=120,
        description="Maximum rate of frames with the layer-by-layer view, which costs more than the rest.",
    )
    frames_in_flight: int = Field(
        default=2, ge=1, le=16, description="Maximum number of frames sent but not yet acknowledged."
    )
    checkpoint_seconds: float = Field(
        default=2.0, ge=0.01, le=DAY, description="Seconds of training between two checkpoints."
    )
    leaving_seconds: float = Field(
        default=0.6,
        ge=0.01,
        le=DAY,
        description="A server that stops waits this long at most until every page has its checkpoint and the reason.",
    )
    pictures_waiting: int = Field(
        default=24, ge=1, le=1000, description="Maximum number of posters and animations in the queue."
    )
    pictures_waiting_per_address: int = Field(
        default=12,
        ge=1,
        le=1000,
        description="Maximum number of these from one address; a whole school may share one.",
    )
    pictures_bytes: int = Field(
        default=20_000_000,
        ge=0,
        le=10_000_000_000,
        description="Bytes of finished posters and animations kept in memory.",
    )
    picture_seconds: float = Field(
        default=10.0, ge=0.01, le=DAY, description="Time limit for drawing one poster or animation."
    )
    picture_epochs: int = Field(
        default=2000, ge=1, le=1_000_000, description="Maximum number of epochs in a poster or animation."
    )
    jobs_waiting: int = Field(
        default=128,
        ge=1,
        le=10_000,
        description="Maximum number of exports, tables and QR codes in the queue.",
    )
    jobs_waiting_per_address: int = Field(
        default=64, ge=1, le=10_000, description="Maximum number of these from one address."
    )
    job_seconds: float = Field(
        default=10.0, ge=0.01, le=DAY, description="Time limit for making one export, table or QR code."
    )
    job_bytes: int = Field(
        default=256_000_000,
        ge=150_000_000,
        le=1_000_000_000_000,
        description=(
            "Maximum memory in bytes of each of the two processes that make pictures and files, where the "
            "system can limit it."
        ),
    )
    turn_seconds: float = Field(
        default=0.004, ge=0.0001, le=1, description="Seconds that one session trains before the next takes its turn."
    )

    @field_validator("assets")
    @classmethod
    def _check_assets(cls, folder: Path | None) -> Path | None:
        if folder is not None and (folder == Path() or not _is_folder(folder)):
            raise ValueError(f"must be a folder, not {str(folder)[:100]!r}")
        return folder

    @field_validator("host")
    @classmethod
    def _check_host(cls, text: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9._:%-]+", text):
            raise ValueError(f"must be a name or an address of this machine, not {text[:100]!r}")
        return text

    @field_validator("root_path")
    @classmethod
    def _check_root_path(cls, text: str) -> str:
        path = text.rstrip("/")
        if not re.fullmatch(r"(/[A-Za-z0-9_.~-]+)*", path) or {".", ".."} & set(path.split("/")):
            raise ValueError(f"must be a path such as /neurons, which begins with a slash, not {text[:100]!r}")
        if path and path.split("/")[1] in OWN_PATHS:
            # Whether a proxy takes it off could not be told.
            raise ValueError(f"must not begin like an address of this server's own, not {text[:100]!r}")
        return path

    @field_validator("names")
    @classmethod
    def _check_names(cls, text: str) -> str:
        for word in words(text):
            if word != "*" and (machine_name(word) is None or has_port(word)):
                raise ValueError(f"must hold names such as example.org, without port and path, not {word[:100]!r}")
        return text

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given wins over the environment; no file is looked for."""
        return init_settings, env_settings

    @field_validator("origins")
    @classmethod
    def _check_origins(cls, text: str) -> str:
        for word in words(text):
            if word not in ("own", "null", "*") and not is_origin(word):
                raise ValueError(
                    f"must hold own, null, * or origins such as https://example.org, without path, not {word[:100]!r}"
                )
        return text

    @field_validator("proxies")
    @classmethod
    def _check_proxies(cls, text: str) -> str:
        for word in words(text):
            if word != "*" and not _is_network(word):
                raise ValueError(f"must hold addresses or networks such as 172.18.0.0/16, not {word[:100]!r}")
        return text

    def host_count(self) -> int:
        """How many processes train: as set, else one per core that this process may use."""
        return self.hosts or cores()

    def host_room(self) -> int:
        """The memory that the sessions of one host may take together: as set, else its share of what there is."""
        return self.host_bytes or room_for_sessions(self.host_count())

    def session_room(self) -> int:
        """The memory of one session at most, which is never more than a host's."""
        return min(self.session_bytes, self.host_room())


def words(text: str) -> frozenset[str]:
    """What a setting that lists something lists, in lower case."""
    return frozenset(word.strip().lower() for word in text.split(",") if word.strip())


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no system can have
        return False


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True


def cores() -> int:
    """The cores this process may use; containers and `taskset` give it fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
