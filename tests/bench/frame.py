"""An epoch, and one frame of work (an epoch, every unit's 100 by 100 surface, training and test loss), beside the core
of TensorFlow Playground in the same run; and what a compiler would make of the epoch.

All train the same network on the same points by the same rule (`playground.config_of`). Several epochs or frames are
asked for at a time, so that asking counts for little. Not here: what a session pays for its frames besides (`wire`).
"""

from collections.abc import Iterator, Sequence
from functools import partial

from nncore.probes import PROBES
from nncore.probes.unit_maps import UnitMaps
from nncore.trainer import Trainer
from tests.bench.compiled import compiled
from tests.bench.playground import playground, trainer_of
from tests.bench.timing import Times, Work, compare, table

SHAPES = ((4, 2), (8, 8), (8,) * 6, (32, 32))
EPOCHS, FRAMES, ROUNDS = 50, 4, 15
DENSITY = 100


def measure() -> str:
    """The table of this benchmark."""
    return table(
        "Beside TensorFlow Playground's core, in Node",
        (
            "network, tanh, batch 10, 250 points",
            *("its epoch, ms", "ours, ms", "its / ours", "a loop in C / ours", "JAX / ours"),
            *("its frame, ms", "ours, ms", "its / ours"),
        ),
        _rows(),
    )


def _rows() -> Iterator[tuple[object, ...]]:
    for units in SHAPES:
        trainer, painted = trainer_of(units), trainer_of(units)
        with playground() as theirs, compiled(trainer) as others:
            theirs.open(trainer)
            epochs: dict[str, Work] = {
                "theirs": partial(theirs.epochs, EPOCHS),
                "ours": partial(trainer.run, EPOCHS),
                **{name: partial(epoch, EPOCHS) for name, epoch in others.items()},
            }
            trained = compare(epochs, rounds=ROUNDS)
            maps = PROBES.build("unit_maps", {"unit_pixels": DENSITY, "output_pixels": DENSITY})
            assert isinstance(maps, UnitMaps)
            frames: dict[str, Work] = {
                "theirs": partial(theirs.frames, FRAMES, DENSITY),
                "ours": partial(_frames, painted, maps),
            }
            shown = compare(frames, rounds=ROUNDS, warm_up=2)
        compiled_ones = [_against(trained, name) for name in ("a loop in C", "JAX, jit and scan")]
        yield "-".join(map(str, (2, *units, 1))), *_pair(trained, EPOCHS), *compiled_ones, *_pair(shown, FRAMES)


def _frames(trainer: Trainer, maps: UnitMaps) -> None:
    for _ in range(FRAMES):
        trainer.run(1)
        maps.compute(trainer)
        trainer.evaluate()


def _pair(times: dict[str, Times], count: int) -> Sequence[float]:
    each = [1000 * times[name].median / count for name in ("theirs", "ours")]
    return *each, times["theirs"].ratio(times["ours"])


def _against(times: dict[str, Times], name: str) -> float | str:
    return times[name].ratio(times["ours"]) if name in times else "-"
