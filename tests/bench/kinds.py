"""Every neuron type on 2-8-8-1: samples per second, against `linear`, a textbook, and others' libraries.

The others, where installed: scikit-learn's MLP (its own epoch loop) and eager PyTorch (extra `bench`), on the linear
network, which is the only one they have.
"""

import importlib.util
import warnings
from collections.abc import Callable
from functools import partial

import numpy as np

from nncore.neurons import NEURONS
from tests.bench.textbook_neurons import LAYERS
from tests.bench.timing import compare, table
from tests.bench.training import BATCH, POINTS, RATE, textbook_epoch, trainer_of

SIZES = [2, 8, 8, 1]
BUDGETS = {
    **dict.fromkeys(("quadratic", "product", "square", "glu"), 2.2),
    **dict.fromkeys(("rbf", "adder", "binary", "maxout", "polynomial"), 4.0),
    **dict.fromkeys(("kan", "attention", "pi_net", "low_rank", "bilinear_form"), 8.0),
}
"""Times the time of `linear` that a kind may take."""


def measure() -> str:
    """Both tables of this benchmark."""
    return f"{_kinds()}\n\n{_others()}"


def _kinds() -> str:
    trainers = {name: trainer_of(SIZES, name) for name in NEURONS}
    epochs: dict[str, Callable[[], object]] = {name: partial(trainer.run, 1) for name, trainer in trainers.items()}
    times = compare(epochs | {f"textbook {name}": textbook_epoch(SIZES, name) for name in LAYERS}, rounds=30)
    rows = []
    for name in NEURONS:
        ours = times[name]
        versus_linear, versus_textbook = ours.ratio(times["linear"]), times[f"textbook {name}"].ratio(ours)
        rows.append((name, POINTS / ours.median, versus_linear, BUDGETS.get(name, "-"), versus_textbook))
    columns = ("neuron, 2-8-8-1", "samples/s", "time / linear's", "budget", "times textbook")
    return table("Every neuron type", columns, rows)


def _others() -> str:
    trainer = trainer_of(SIZES, "linear")
    competitors: dict[str, Callable[[], object]] = {"ours": lambda: trainer.run(1)}
    for name, module, make in (("scikit-learn", "sklearn", _scikit_learn), ("eager PyTorch", "torch", _pytorch)):
        if importlib.util.find_spec(module):
            competitors[name] = make(trainer.split.train_x.astype(np.float32), trainer.split.train_y)
    times = compare(competitors, rounds=20)
    rows = [(name, POINTS / times[name].median, times[name].ratio(times["ours"])) for name in competitors]
    return table("Other libraries on the linear network", ("library", "samples/s", "time / ours"), rows)


def _scikit_learn(x: np.ndarray, y: np.ndarray) -> Callable[[], object]:
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier(
        (8, 8), "tanh", solver="sgd", batch_size=BATCH, learning_rate_init=RATE, momentum=0.0, max_iter=1
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(x, y)
    return lambda: model.partial_fit(x, y)


def _pytorch(x: np.ndarray, y: np.ndarray) -> Callable[[], object]:
    import torch
    from torch import nn

    torch.set_num_threads(1)
    layers = [nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1)]
    model, loss = nn.Sequential(*layers), nn.BCEWithLogitsLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    points, targets = torch.from_numpy(x), torch.from_numpy(y.astype(np.float32)[:, None])

    def epoch() -> None:
        for rows in torch.randperm(len(points)).split(BATCH):
            optimizer.zero_grad()
            loss(model(points[rows]), targets[rows]).backward()
            optimizer.step()

    return epoch
