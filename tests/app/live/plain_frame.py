"""A frame as its description says it (docs/reference/protocol.md), number by number, without a thought for speed.

Pictures and slopes come from the probes; what is said in words (the body) comes from the frame itself, whose own tests
look at it. Everything else, from the numbers to the last byte, is worked out here in loops.
"""

import math
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from nncore.probes import PROBES
from nncore.trainer import Trainer

Picture = NDArray[Any]
SURE, SMALLEST, FINER = 6.3, 1e-3, 5.0


def frame(trainer: Trainer, unit_pixels: int, output_pixels: int, history_start: int, body: str) -> bytes:
    """The compressed frame of a run whose numbers are all finite; `body` as JSON."""
    maps = PROBES.build("unit_maps", {"unit_pixels": unit_pixels, "output_pixels": output_pixels}).compute(trainer)
    arrays: dict[str, Picture] = {"history": trainer.history.since(history_start)}
    for name, pictures in maps.items():
        if name.startswith("units."):
            both = [linear(picture) for picture in pictures]
            arrays[name] = np.stack([levels for levels, _ in both])
            arrays[name.replace("units", "units_range")] = np.array([ends for _, ends in both], np.float32)
    arrays |= output(maps["output"], maps.get("output_z"))
    for name, slopes in PROBES.build("links").compute(trainer).items():
        arrays[name] = np.array([[twelve_bits(value) for value in row] for row in slopes], np.float32)
    planes = {name: planar(array) if array.dtype == np.uint8 else array for name, array in arrays.items()}
    metadata = {"kind": "frame", "body": body, "encoding": "planar"}
    return zlib.compress(save({name: np.ascontiguousarray(array) for name, array in planes.items()}, metadata), 1)


def linear(picture: Picture) -> tuple[Picture, list[Any]]:
    """As bytes from its lowest to its highest number."""
    low, high = min(picture.ravel().tolist()), max(picture.ravel().tolist())
    span = np.float32(high) - np.float32(low) if high > low else np.float32(1)
    return each(picture, lambda value: level((value - np.float32(low)) / span)), [low, high]


def output(chances: Picture, z: Picture | None) -> dict[str, Picture]:
    """The answer over the plane."""
    if z is None:
        levels, both = linear(chances[0])
        return {"output": levels, "output_range": np.array(both, np.float32)}
    if len(z) == 1:
        picture = z[0]
        sure = np.array([[is_sure(near(picture, place)) for place in row] for row in places(picture)])
        reach = max([abs(float(v)) for v, known in zip(picture.flat, sure.flat, strict=True) if not known] + [SMALLEST])
        shares = each(picture, lambda v: np.arcsinh(v) / np.arcsinh(reach))
        signs = each(picture, np.sign)
        levels = each(np.where(sure, signs, shares), lambda share: level((share + 1) / 2))
        return {"output": levels, "output_range": np.array([-reach, reach], np.float32)}
    best = np.array([[max(range(len(z)), key=lambda k: z[k][place]) for place in row] for row in places(z[0])])
    top = np.array([[max(z[:, i, j]) for i, j in row] for row in places(z[0])])
    told = np.array([[[k in near(best, place) for place in row] for row in places(best)] for k in range(len(z))])
    reach = max([float(d) for d, known in zip((top - z).flat, told.flat, strict=True) if known] + [SMALLEST])
    scores = np.zeros(z.shape, np.uint8)
    for k, i, j in np.ndindex(z.shape):
        share = 1 - np.arcsinh(FINER * (top[i, j] - z[k, i, j])) / np.arcsinh(FINER * reach) if told[k, i, j] else 0.0
        scores[k, i, j] = 255 if best[i, j] == k else min(level(share), 254)
    likeliest = np.array([[level(max(chances[:, i, j])) for i, j in row] for row in places(top)], np.uint8)
    ends = np.array([0.0, 1.0], np.float32)
    score_ends = np.array([-reach, 0.0], np.float32)
    return {"output": likeliest, "output_range": ends, "output_scores": scores, "output_scores_range": score_ends}


def planar(picture: Picture) -> Picture:
    """Of each byte, what it adds to its three neighbours before it, modulo 256."""
    found = np.zeros_like(picture)
    for *one, i, j in np.ndindex(picture.shape):
        numbers = picture[tuple(one)]
        left, above = int(numbers[i, j - 1]) if j else 0, int(numbers[i - 1, j]) if i else 0
        corner = int(numbers[i - 1, j - 1]) if i and j else 0
        found[(*one, i, j)] = (int(numbers[i, j]) - left - above + corner) % 256
    return found


def twelve_bits(value: np.floating[Any]) -> float:
    """The nearest number of so many significant bits."""
    if value == 0:
        return 0.0
    unit = 2.0 ** (math.floor(math.log2(abs(float(value)))) - 11)
    return round(float(value) / unit) * unit


def level(share: Any) -> int:
    """From 0 to 1 as the nearest of 256 levels."""
    return int(share * 255 + 0.5)


def each(picture: Picture, work: Callable[[Any], Any]) -> Picture:
    """`work` done on one number after the other."""
    found = np.array([work(value) for value in picture.ravel()]).reshape(picture.shape)
    return found.astype(np.uint8) if found.dtype.kind == "i" else found


def places(picture: Picture) -> list[list[tuple[int, int]]]:
    """All places, row by row."""
    return [[(i, j) for j in range(picture.shape[1])] for i in range(picture.shape[0])]


def near(picture: Picture, place: tuple[int, int]) -> list[Any]:
    """What stands at a place and at those around it."""
    i, j = place
    found: list[Any] = picture[max(0, i - 1) : i + 2, max(0, j - 1) : j + 2].ravel().tolist()
    return found


def is_sure(values: list[float]) -> bool:
    """Whether all are on one side, far from 0."""
    return min(values) > SURE or max(values) < -SURE
