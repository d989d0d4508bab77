"""What a picture is asked to show, as it travels to the process that makes it; equal orders give equal pictures."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from app.pictures.palette import ThemeName
from nncore.study.repeats import BAR

Kind = Literal["poster", "training"]


@dataclass(frozen=True)
class Order:
    """One picture: a poster of the network, or of a race, after `epochs`, or its training up to there."""

    kind: Kind
    config: dict[str, Any]
    epochs: int
    width: int
    height: int
    theme: ThemeName
    seconds: float
    """How long making it may take."""
    discrete: bool = False
    """The output without shades."""
    tests: bool = True
    """Test points are drawn."""
    lanes: tuple[dict[str, Any], ...] = ()
    """Of a race, whose `config` is empty, every lane's."""
    bar: float = BAR
    """The test accuracy at which a lane has solved its task."""

    def encode(self) -> bytes:
        """As JSON."""
        return json.dumps(asdict(self), sort_keys=True, allow_nan=False).encode()

    @classmethod
    def read(cls, data: bytes) -> "Order":
        """What `encode` wrote."""
        found = json.loads(data)
        return cls(**found | {"lanes": tuple(found["lanes"])})

    @property
    def key(self) -> str:
        """A name for what it shows."""
        return hashlib.sha256(self.encode()).hexdigest()[:32]
