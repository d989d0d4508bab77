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
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.machine import room_for_sessions
from app.machine_names import has_port, is_origin, machine_name

OWN_PATHS = frozenset(
    (
        *("api", "embed", "embed.js", "healthz", "live", "metrics", "oembed", "poster", "poster.png", "qr.svg"),
        *("race", "readyz", "static", "training.gif"),
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
        description="The address to listen on; 0.0.0.0 for every one of this machine, :: for those of IPv6, too.",
    )
    port: int = Field(default=8000, ge=0, le=65535, description="The port to listen on; 0 for any free one.")

    root_path: str = Field(
        default="",
        description="The path under which a proxy shows this server, such as /neurons; it may take it off or not.",
    )
    share_lan: bool = Field(
        default=False, description="Print the address in the local network, and its QR code, once it is served."
    )
    names: str = Field(
        default="*",
        description=(
            "The names it answers to (Host headers, without port), comma-separated, such as example.org or [::1]; "
            "* for any."
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
            "The proxies whose word (X-Forwarded-For, -Proto, -Host) is believed on who asks, by TLS or not, and under "
            "which name; comma-separated, * for any."
        ),
    )
    log_format: Literal["text", "json"] = Field(default="text", description="Lines for people, or JSON for programs.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="The least that is worth a line."
    )

    assets: Path | None = Field(
        default=None, description="A folder that `make assets` has filled, to be served in place of the page's sources."
    )

    hosts: int = Field(default=0, ge=0, le=256, description="Processes that train; 0 for one per core.")
    sessions: int = Field(
        default=400, ge=1, le=100_000, description="Sessions in all; one more is told to come back later."
    )
    sessions_per_address: int = Field(
        default=350, ge=1, le=100_000, description="Sessions from one address; a whole school may be one."
    )
    busy_retry_seconds: float = Field(
        default=15.0, ge=0.01, le=DAY, description="When a visitor who found no room should try again."
    )
    closing_retry_seconds: float = Field(
        default=1.0, ge=0.01, le=DAY, description="When a visitor who came during a shutdown should try again."
    )
    connects_per_second: float = Field(
        default=20.0,
        ge=0.01,
        le=1_000_000,
        description="Sessions opened from one address for long; more are told to come back.",
    )
    connects_at_once: int = Field(
        default=700,
        ge=1,
        le=1_000_000,
        description="Sessions opened from one address in a burst, such as a class that reloads.",
    )
    connections: int = Field(
        default=2000,
        ge=10,
        le=100_000,
        description=(
            "Connections held at most, live sockets and others; more wait outside. Fewer where the system lets the "
            "process open fewer files."
        ),
    )
    request_seconds: float = Field(
        default=20.0,
        ge=0.01,
        le=DAY,
        description="A connection that has not finished a request or a message for this long is closed.",
    )
    request_bytes_per_second: float = Field(
        default=16_000.0,
        ge=1,
        le=1_000_000_000,
        description="So many bytes of a request or a message give it another second to finish.",
    )
    bodies_bytes: int = Field(
        default=32_000_000,
        ge=1000,
        le=10_000_000_000,
        description=(
            "Bytes of unfinished requests held in memory at most, as many of messages of live sockets that wait, as "
            "many of those that came without a socket, and as many of jobs."
        ),
    )
    stalled_seconds: float = Field(
        default=40.0,
        ge=0.01,
        le=DAY,
        description="A connection that has taken nothing of what waits for it for this long is cut.",
    )
    open_seconds: float = Field(
        default=30.0,
        ge=0.01,
        le=DAY,
        description="A live connection on which nothing was said for this long after its beginning is closed.",
    )
    first_message_seconds: float = Field(
        default=10.0,
        ge=0.01,
        le=DAY,
        description=(
            "A page takes a live connection on which nothing has come for this long after it opened for one whose "
            "messages the network swallows."
        ),
    )
    ping_seconds: float = Field(
        default=20.0,
        ge=0.01,
        le=DAY,
        description=(
            "How often a socket is asked whether its client is still there; without one, how long a client that asks "
            "for messages waits for some."
        ),
    )
    ping_timeout_seconds: float = Field(
        default=20.0,
        ge=0.01,
        le=DAY,
        description="A live connection whose client has not answered, or asked again, for this long is closed.",
    )
    polls_per_second: float = Field(
        default=10.0,
        ge=0.1,
        le=120,
        description="Answers a client gets that asks for its messages over HTTP, where no socket is let through.",
    )
    messages_per_second: float = Field(
        default=200.0,
        ge=0.01,
        le=1_000_000,
        description="Messages read from one live connection for long; a flood is read no faster.",
    )
    messages_at_once: int = Field(
        default=400,
        ge=1,
        le=1_000_000,
        description=(
            "Messages read from one live connection in a burst. Pings and fragments count apart; more of them close it."
        ),
    )
    idle_seconds: float = Field(
        default=900.0, ge=0.01, le=DAY, description="A run that nobody has watched for this long is paused."
    )
    host_silence_seconds: float = Field(
        default=1.4,
        ge=0.01,
        le=DAY,
        description="A process this long without a sign, and without working, is replaced.",
    )
    host_busy_seconds: float = Field(
        default=20.0, ge=0.01, le=DAY, description="A process this long without a sign is replaced even if it works."
    )

    session_bytes: int = Field(
        default=64_000_000,
        ge=1_000_000,
        le=100_000_000_000,
        description="Memory of one session at most, by an estimate made beforehand.",
    )
    host_bytes: int = Field(
        default=0,
        ge=0,
        le=1_000_000_000_000,
        description=(
            "Memory of all sessions of one process that trains, by the same estimate; 0 for its share of what this "
            "machine, or its container, has."
        ),
    )

    layers: int = Field(default=6, ge=0, le=64, description="Hidden layers at most.")
    units: int = Field(default=16, ge=1, le=1024, description="Units in one hidden layer at most.")
    points: int = Field(
        default=2000, ge=2, le=1_000_000, description="Data points at most, for training and test together."
    )
    classes: int = Field(default=10, ge=2, le=256, description="Classes of a dataset at most.")
    replay_epochs: int = Field(
        default=2000,
        ge=0,
        le=1_000_000,
        description="Epochs that a link with `epochs` may have trained before it is shown, at most.",
    )
    message_bytes: int = Field(
        default=512_000, ge=1000, le=100_000_000, description="Bytes of one message from a client at most."
    )
    table_bytes: int = Field(
        default=10_000_000,
        ge=1000,
        le=100_000_000,
        description="Bytes of a table that is brought, as text or as a spreadsheet, at most.",
    )
    checkpoint_bytes: int = Field(
        default=4_000_000,
        ge=300_000,
        le=100_000_000,
        description="Bytes of a checkpoint at most; a run that could need more is refused.",
    )
    upload_seconds: float = Field(
        default=20.0,
        ge=0.01,
        le=DAY,
        description="A checkpoint that comes up in parts is dropped after so long without the next.",
    )

    frames_per_second: float = Field(
        default=20.0, ge=0.1, le=120, description="Frames a client is sent unless it asks."
    )
    frames_per_second_high: float = Field(default=60.0, ge=0.1, le=120, description="Frames a client may ask for.")
    unit_pixels: int = Field(
        default=12, ge=4, le=200, description="Width and height of a unit's map unless a client asks for another."
    )
    output_pixels: int = Field(
        default=50, ge=4, le=400, description="Width and height of the answer unless a client asks for another."
    )
    lens_per_second: float = Field(
        default=5.0,
        ge=0.1,
        le=120,
        description="Frames that carry the layer lens at most; it costs more than the rest.",
    )
    frames_in_flight: int = Field(default=2, ge=1, le=16, description="Frames sent but not yet acknowledged at most.")
    checkpoint_seconds: float = Field(
        default=2.0, ge=0.01, le=DAY, description="Seconds of training between two checkpoints."
    )
    pictures_waiting: int = Field(
        default=24, ge=1, le=1000, description="Posters and animations ordered but not yet made at most."
    )
    pictures_waiting_per_address: int = Field(
        default=12,
        ge=1,
        le=1000,
        description="Of these, ordered from one address at most; a whole school may be one.",
    )
    pictures_bytes: int = Field(
        default=20_000_000,
        ge=0,
        le=10_000_000_000,
        description="Bytes of finished posters and animations that are remembered.",
    )
    picture_seconds: float = Field(
        default=10.0, ge=0.01, le=DAY, description="Seconds that one poster or animation may take."
    )
    picture_epochs: int = Field(
        default=2000, ge=1, le=1_000_000, description="Epochs that a poster or animation may show at most."
    )
    jobs_waiting: int = Field(
        default=128,
        ge=1,
        le=10_000,
        description="Exports, tables and QR codes asked for but not yet made at most.",
    )
    jobs_waiting_per_address: int = Field(
        default=64, ge=1, le=10_000, description="Of these, asked for from one address at most."
    )
    job_seconds: float = Field(
        default=10.0, ge=0.01, le=DAY, description="Seconds that one export, table or QR code may take."
    )
    job_bytes: int = Field(
        default=256_000_000,
        ge=150_000_000,
        le=1_000_000_000_000,
        description=(
            "Bytes of memory that each of the two processes may take that make pictures and files; where the system "
            "bounds processes."
        ),
    )
    turn_seconds: float = Field(
        default=0.004, ge=0.0001, le=1, description="How long one session works before the next may."
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
