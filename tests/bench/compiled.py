"""The same epoch where a compiler sees all of it: a loop in C, and JAX, each where it is installed.

Not for a server: what a NumPy call costs is what is to be seen beside them.
"""

import ctypes
import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from nncore.tape import Array
from nncore.trainer import Trainer

SOURCE = Path(__file__).with_name("loop.c")

Epochs = Callable[[int], Array]
"""Trains so many epochs on from where it is; the weights, flat."""


@contextmanager
def compiled(trainer: Trainer) -> Iterator[dict[str, Epochs]]:
    """Those that are here, each with the weights, the points and the batches of `trainer`, in float32."""
    with ExitStack() as stack:
        found = {}
        if compiler := shutil.which("cc"):
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            found["a loop in C"] = _in_c(trainer, compiler, Path(folder))
        if importlib.util.find_spec("jax"):
            found["JAX, jit and scan"] = _in_jax(trainer)
        yield found


def _points(trainer: Trainer) -> tuple[Array, Array]:
    split = trainer.split
    return split.train_x.astype(np.float32), (2 * split.train_y - 1).astype(np.float32)


def _sizes(trainer: Trainer) -> list[int]:
    return [len(trainer.config.features), *(layer.units for layer in trainer.network.layers)]


def _in_c(trainer: Trainer, compiler: str, folder: Path) -> Epochs:
    library = folder / "loop.so"
    # Linked apart, without -Ofast: with it, loading the library would round the tiniest numbers of this process to 0.
    built = folder / "loop.o"
    subprocess.run([compiler, "-Ofast", "-march=native", "-fPIC", "-c", str(SOURCE), "-o", str(built)], check=True)
    subprocess.run([compiler, "-shared", str(built), "-o", str(library), "-lm"], check=True)
    train = ctypes.CDLL(str(library)).train_epoch
    sizes = np.array(_sizes(trainer), np.int32)
    theta, slopes = trainer.network.theta.astype(np.float32), np.empty(trainer.network.parameter_count, np.float32)
    x, y = _points(trainer)
    rate = ctypes.c_float(float(trainer.config.optimizer.knobs["learning_rate"]))  # type: ignore[arg-type]
    arrays = theta, slopes, np.ascontiguousarray(x), y

    def epochs(count: int) -> Array:
        # Addresses keep nothing alive: the arrays themselves are this function's.
        shape = ctypes.c_void_p(sizes.ctypes.data), len(sizes) - 1
        pointers = [ctypes.c_void_p(array.ctypes.data) for array in arrays]
        for _ in range(count):
            train(*shape, *pointers, len(x), trainer.config.batch, rate)
        return theta

    return epochs


def _in_jax(trainer: Trainer) -> Epochs:
    import jax
    import jax.numpy as jnp

    rate, batch = float(trainer.config.optimizer.knobs["learning_rate"]), trainer.config.batch  # type: ignore[arg-type]
    x, y = _points(trainer)
    assert len(x) % batch == 0, "a scan's steps are alike"
    batches = (jnp.asarray(x.reshape(-1, batch, x.shape[1])), jnp.asarray(y.reshape(-1, batch)))
    first = [jnp.asarray(array, jnp.float32) for _, array in trainer.network.parameters()]

    def loss(weights: Any, points: Any, targets: Any) -> Any:
        a = points
        for W in weights:
            a = jnp.tanh(a @ W[:, :-1].T + W[:, -1])
        return jnp.mean((a[:, 0] - targets) ** 2) / 2

    def step(weights: Any, some: Any) -> Any:
        slopes = jax.grad(loss)(weights, *some)
        return [W - rate * slope for W, slope in zip(weights, slopes, strict=True)], None

    epoch = jax.jit(lambda weights: jax.lax.scan(step, weights, batches)[0])
    state = [first]

    def epochs(count: int) -> Array:
        for _ in range(count):
            state[0] = epoch(state[0])
        return np.concatenate([np.asarray(jax.block_until_ready(W)).ravel() for W in state[0]])

    return epochs
