"""A trained network as the bytes of one frame, and bytes back into arrays for tests and clients.

A frame is a safetensors file: surfaces quantised to bytes with the two values that 0 and 255 stand for, links,
history, and a JSON body (docs/reference/protocol.md). Pure: the same trainer and view give the same contents, and
looking changes nothing. Not here: when a frame is due (`viewer`), nor checkpoints' contents (`nncore.snapshot`).
"""

import json
import math
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

from app.live.lens import Lens, LensView
from app.live.quantise import Floats, answer_pieces, quantised
from app.live.safetensors_file import serialized
from app.strict_json import written
from nncore.contour import zero_set
from nncore.diagnosis import Remarks
from nncore.evaluation import Fit, confusion, fit
from nncore.forest.grower import Grower
from nncore.learner import AnyLearner
from nncore.pieces import Pieces, whole
from nncore.plane import Plane
from nncore.probes import PROBES
from nncore.probes.links import Links
from nncore.probes.unit_maps import UnitMaps

PLANAR = "planar"
"""The encoding of a frame whose pictures hold what every byte adds to the plane through its neighbours (modulo 256).

These are the one before it, the one above it and the one above that: in a smooth picture little is left to compress.
"""

LINK_BITS = 12
"""So many of the 24 bits of a slope are sent, an error of 1 in 4096: nobody sees more, and noise does not compress."""


BYTES_AT_ONCE = 200_000
"""A large frame is compressed so many bytes at a time, and its pictures are quantised so many numbers at a time."""

SHARES = 65535
"""Places in a picture are whole numbers up to this, which is its width and its height."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What a frame says beside its pictures and the trainer's own figures."""

    frame: int
    playing: bool
    epochs_per_second: float
    load: float
    history_start: int
    """The index of the first record sent: 0 begins a history afresh."""
    confusion: bool = False
    """Whether it tells who is taken for whom or, for a regression, how far off values are."""
    lane: str = ""
    """Of a race, whose run it shows."""
    epoch_seconds: float | None = None
    """Of a race, how long an epoch of this lane has taken to train, on average."""
    steered: int = 0
    """How many commands that decide whether it plays had come when it was begun."""


class Painter:
    """Paints frames of one size; keeps its probes, and so their scratch arrays, from frame to frame."""

    def __init__(self, unit_pixels: int, output_pixels: int) -> None:
        """Raises InputError where a size is outside its probe's range."""
        sizes = {"unit_pixels": unit_pixels, "output_pixels": output_pixels}
        maps, links = PROBES.build("unit_maps", sizes, "view"), PROBES.build("links")
        assert isinstance(maps, UnitMaps)
        assert isinstance(links, Links)
        self._maps, self._links = maps, links
        self._lens: Lens | None = None
        self._remarks = Remarks()

    def look_through(self, lens: LensView | None) -> None:
        """From now on, `paint` can show the lens like this; without one, what it needed is let go."""
        if lens == (self._lens and self._lens.view):
            return
        if lens is None:
            self._maps.plane = Plane()
        self._lens = None if lens is None else Lens(lens, self._maps.plane)

    def paint(
        self,
        trainer: AnyLearner,
        caption: Caption,
        inspect: tuple[int, int] | None = None,
        *,
        lens: bool = False,
        compress: bool = False,
    ) -> bytes:
        """The frame that shows `trainer` as it is now, through the lens, too, if so wanted.

        With `compress`, as few bytes as a wire should carry.
        """
        return whole(self.pieces(trainer, caption, inspect, lens=lens, compress=compress))

    def pieces(
        self,
        trainer: AnyLearner,
        caption: Caption,
        inspect: tuple[int, int] | None = None,
        *,
        lens: bool = False,
        compress: bool = False,
    ) -> Pieces[bytes]:
        """The same in pieces. The trainer must stay as it is until the last: a frame shows one moment."""
        tape, seeing = (yield from trainer.forward_all_pieces()), self._lens if lens else None
        yield
        arrays: dict[str, NDArray[Any]] = {"history": trainer.history.since(caption.history_start)}
        maps = yield from self._maps.pieces(trainer, inspect, chances=False)
        arrays |= yield from answer_pieces(maps.pop("output", None), maps.pop("output_z", None), "output")
        if "inspected" in maps:
            yield
            arrays["inspected"], arrays["inspected_range"] = quantised(maps.pop("inspected"))
            arrays["inspected_zero"] = (zero_set(maps.pop("inspected_z")) * SHARES).round().astype(np.uint16)
        arrays |= yield from _units(maps)
        links = yield from self._links.pieces(trainer, tape)
        arrays |= _rounded(links)
        body = _body(trainer, tape, caption, inspect)
        ends = [arrays[f"units_range.{layer}"] for layer in range(len(trainer.config.layers))]
        remark = self._remarks.look(trainer, ends)
        body["remark"] = remark and remark.to_json()
        if seeing is not None:
            seen, body["lens"] = yield from seeing.pieces(trainer)
            arrays |= seen
        metadata = {"kind": "frame", "body": written(body)}
        if compress:
            metadata["encoding"] = PLANAR
            for name in [name for name, array in arrays.items() if _is_picture(array)]:
                arrays[name] = _planar(arrays[name])
                yield
        frame = serialized(arrays, metadata)
        return (yield from _compressing(frame)) if compress else frame


def compressed(message: bytes) -> bytes:
    """A binary message as zlib, level 1, for a wire that is slower than this machine.

    A reader tells it from one as it was by the length that its first eight bytes would name: more than there is. A
    message for which that fails to hold (none is known) stays as it is.
    """
    return whole(_compressing(message))


def _compressing(message: bytes) -> Pieces[bytes]:
    packer, parts = zlib.compressobj(1), []
    for start in range(0, len(message), BYTES_AT_ONCE):
        parts.append(packer.compress(message[start : start + BYTES_AT_ONCE]))
        if start + BYTES_AT_ONCE < len(message):
            yield
    smaller = b"".join((*parts, packer.flush()))
    return smaller if _is_compressed(smaller) else message


def read(data: bytes) -> tuple[str, dict[str, Any], dict[str, NDArray[Any]]]:
    """The kind, the body and the arrays of a binary message, as a client would read it."""
    if _is_compressed(data):
        data = zlib.decompress(data)
    length = int.from_bytes(data[:8], "little")
    metadata = json.loads(data[8 : 8 + length])["__metadata__"]
    arrays = load(data)
    if metadata.get("encoding") == PLANAR:
        for name, array in arrays.items():
            if _is_picture(array):
                across = np.cumsum(array, axis=-1, dtype=np.uint8)
                arrays[name] = np.cumsum(across, axis=-2, dtype=np.uint8)
    return metadata["kind"], json.loads(metadata.get("body", "{}")), arrays


def _planar(picture: NDArray[Any]) -> NDArray[Any]:
    across = picture.copy()
    across[..., 1:] -= picture[..., :-1]
    planar = across.copy()
    planar[..., 1:, :] -= across[..., :-1, :]
    return planar


def _is_picture(array: NDArray[Any]) -> bool:
    return array.dtype == np.uint8


def _rounded(links: dict[str, NDArray[Any]]) -> dict[str, NDArray[np.float32]]:
    """The same float32 numbers with LINK_BITS significant bits each; all at once, for there are few in each array."""
    share, power = np.frexp(np.concatenate([slopes.ravel() for slopes in links.values()]))
    share *= 2**LINK_BITS
    np.rint(share, out=share)
    share /= 2**LINK_BITS
    rounded, start = np.ldexp(share, power).astype(np.float32, copy=False), 0
    arrays = {}
    for name, slopes in links.items():
        arrays[name] = rounded[start : start + slopes.size].reshape(slopes.shape)
        start += slopes.size
    return arrays


def _is_compressed(data: bytes) -> bool:
    return int.from_bytes(data[:8], "little") > len(data) - 8


def _units(maps: dict[str, Floats]) -> Pieces[dict[str, NDArray[Any]]]:
    """The arrays of `units.<layer>`, from pictures (units, p, p) each.

    As many as may be at once, of whichever layer: small arrays cost by the call.
    """
    if not maps:
        return {}
    pictures = np.concatenate(list(maps.values()))
    levels, ends = np.empty(pictures.shape, np.uint8), np.empty((len(pictures), 2), np.float32)
    together = max(1, BYTES_AT_ONCE // pictures[0].size)
    for first in range(0, len(pictures), together):
        some = slice(first, first + together)
        levels[some], ends[some] = quantised(pictures[some], each=True)
        yield
    arrays: dict[str, NDArray[Any]] = {}
    start = 0
    for name, layer in maps.items():
        rows = slice(start, start + len(layer))
        arrays[name], arrays[name.replace("units.", "units_range.")] = levels[rows], ends[rows]
        start = rows.stop
    return arrays


def _body(trainer: AnyLearner, tape: Any, caption: Caption, inspect: tuple[int, int] | None) -> dict[str, Any]:
    metrics = trainer.evaluate(tape)
    loss = {"train": _finite(metrics.train_loss), "test": _finite(metrics.test_loss)}
    accuracy = {"train": metrics.train_accuracy, "test": metrics.test_accuracy}
    body: dict[str, Any] = {
        "frame": caption.frame,
        "epoch": trainer.epoch,
        "step": trainer.step,
        "playing": caption.playing,
        "steered": caption.steered,
        "loss": loss,
        "accuracy": accuracy if trainer.split.task == "classification" else None,
        "epochs_per_second": round(caption.epochs_per_second, 1),
        "load": round(caption.load, 3),
        "history_start": caption.history_start,
        "inspected": None if inspect is None else {"layer": inspect[0], "unit": inspect[1]},
        "edits": trainer.edits,
    }
    if isinstance(trainer, Grower):
        body |= {"nodes": trainer.network.parameter_count, "best": trainer.network.best}
    if caption.lane:
        body |= {"lane": caption.lane, "epoch_seconds": caption.epoch_seconds}
    return body | _verdict(trainer, tape) if caption.confusion else body


def _verdict(trainer: AnyLearner, tape: Any) -> dict[str, Any]:
    """`confusion`, null for a regression, and `fit`, null for classes."""
    seen = (trainer.split, trainer.network.head, tape.passes[-1].z)
    counts, fits = confusion(*seen), fit(*seen)
    return {
        "confusion": counts and {"train": counts[0].tolist(), "test": counts[1].tolist()},
        "fit": fits and {"train": _fit(fits[0]), "test": _fit(fits[1])},
    }


def _fit(found: Fit) -> dict[str, float | None]:
    return {"r2": None if found.r2 is None else _finite(found.r2), "error": _finite(found.error)}


def _finite(value: float | Floats) -> float | None:
    number = float(value)
    return number if math.isfinite(number) else None
