"""A study's runs a second and core, against the same runs one by one, and against other libraries in the same run.

2-8-8-1 on the spirals, Adam, 200 epochs of 25 batches, one thread each. Bars: 6 times our own one by one, 50 times
scikit-learn. Then what an engine adds to tasks of about a second, once it has started: bar 5 %.
"""

import importlib.util
import statistics
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from app.engines import engine_named
from nncore.config import Config
from nncore.study import Study
from nncore.study.tasks import perform
from nncore.trainer import Trainer
from tests.bench.timing import compare, table

EPOCHS = 200
SEEDS = 1000
"""Of a study that is cut into tasks as any: the first of them is measured."""

ALONE = 4
"""Of our own runs one by one, in a round; of the others one."""

ROUNDS, WARM_UP = 5, 1
TASKS = 9
RATE, BATCH = 0.01, 10

Work = Callable[[], object]


def measure() -> str:
    """Both tables of this benchmark."""
    return f"{_runs()}\n\n{_engines()}"


def _runs() -> str:
    config = Config()
    task = next(Study(config, seeds=SEEDS, epochs=EPOCHS).tasks())
    points = Trainer(config).split
    x, y = points.train_x.astype(np.float32), points.train_y
    works: dict[str, tuple[int, Work]] = {
        "a study": (task.runs, lambda: perform(task, time.perf_counter)),
        "our Trainer, one by one": (ALONE, partial(_alone, config)),
    }
    for name, module, make in (("scikit-learn", "sklearn", _scikit_learn), ("eager PyTorch", "torch", _pytorch)):
        if importlib.util.find_spec(module):
            works[f"{name}, one by one"] = (1, make(x, y))
    times = compare({name: work for name, (_, work) in works.items()}, ROUNDS, WARM_UP)
    rows = []
    for name, (count, _) in works.items():
        times_faster = times[name].ratio(times["a study"]) * task.runs / count
        rows.append((name, count / times[name].median, times_faster))
    return table(
        f"Runs of 2-8-8-1, {EPOCHS} epochs",
        ("how", "runs per second and core", "a study is so many times as fast"),
        rows,
    )


def _alone(config: Config) -> None:
    for seed in range(ALONE):
        Trainer(replace(config, seeds=replace(config.seeds, run=seed))).run(EPOCHS)


def _scikit_learn(x: np.ndarray, y: np.ndarray) -> Work:
    from sklearn.neural_network import MLPClassifier

    def run() -> None:
        # It would stop where it thinks that nothing is gained any more: it shall train as long as the others.
        model = MLPClassifier(
            (8, 8),
            "tanh",
            solver="adam",
            alpha=0.0,
            batch_size=BATCH,
            learning_rate_init=RATE,
            max_iter=EPOCHS,
            tol=0.0,
            n_iter_no_change=EPOCHS,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(x, y)

    return run


def _pytorch(x: np.ndarray, y: np.ndarray) -> Work:
    import torch
    from torch import nn

    torch.set_num_threads(1)
    points, targets = torch.from_numpy(x), torch.from_numpy(y.astype(np.float32)[:, None])

    def run() -> None:
        layers = [nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1)]
        model, loss = nn.Sequential(*layers), nn.BCEWithLogitsLoss()
        optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
        for _ in range(EPOCHS):
            for rows in torch.randperm(len(points)).split(BATCH):
                optimizer.zero_grad()
                loss(model(points[rows]), targets[rows]).backward()
                optimizer.step()

    return run


def _engines() -> str:
    study = Study({"layers": [{"units": 8}]}, vary={"layers.units": list(range(8, 8 + TASKS))}, seeds=32, epochs=EPOCHS)
    rows = []
    for name in ("serial", "local", "ray"):
        if name == "ray" and not importlib.util.find_spec("ray"):
            continue
        lengths, added = _overhead(study, name)
        rows.append((name, lengths, 100 * added))
    return table("What an engine adds, one worker", ("engine", "a task, s", "added, %"), rows)


def _overhead(study: Study, name: str) -> tuple[float, float]:
    """How long a task is, and the share of it that passes outside of its training, from the first result on."""
    moments, inside = [], []
    for done in engine_named(name, 1).map(study.tasks()):
        moments.append(time.perf_counter())
        inside.append(sum(row["seconds"] for row in done.rows))
    # Rows hold rounded shares of it; a hundred microseconds of a second at most.
    trained = sum(inside[1:])
    return statistics.median(inside), (moments[-1] - moments[0] - trained) / trained
