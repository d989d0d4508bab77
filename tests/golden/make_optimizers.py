"""Records a hundred steps of PyTorch's optimisers in optimizers.json. Not run by the tests.

    python -m venv /tmp/torch && /tmp/torch/bin/pip install torch==2.13.0
    /tmp/torch/bin/python tests/golden/make_optimizers.py

Each goes down the slope of sum_i i theta_i^4 / 4 in float64 from the same place, with PyTorch's defaults for all but
the learning rate: once with that rate throughout, once with it multiplied by `factor` before every step but the first.
The last number is a bias: AdamW's decay, which spares biases in ours, is 0 for it.
"""

import json
from pathlib import Path
from typing import Any

import torch

START = [0.7, -0.4, 0.1, 0.9]
STEPS = 100
FACTORS = [1.0, 0.97]
SGD = {"momentum": 0.9}
RUNS: dict[str, tuple[type[torch.optim.Optimizer], dict[str, Any]]] = {
    "sgd": (torch.optim.SGD, {"lr": 0.1}),
    "momentum": (torch.optim.SGD, {"lr": 0.03, **SGD}),
    "nesterov": (torch.optim.SGD, {"lr": 0.03, **SGD, "nesterov": True}),
    "rmsprop": (torch.optim.RMSprop, {"lr": 0.01}),
    "adagrad": (torch.optim.Adagrad, {"lr": 0.1}),
    "adam": (torch.optim.Adam, {"lr": 0.01}),
    "adamw": (torch.optim.AdamW, {"lr": 0.01}),
}


def run(name: str, factor: float) -> dict[str, Any]:
    rule, settings = RUNS[name]
    weights = torch.tensor(START[:-1], dtype=torch.float64, requires_grad=True)
    bias = torch.tensor(START[-1:], dtype=torch.float64, requires_grad=True)
    spared = {"weight_decay": 0.0} if name == "adamw" else {}
    optimizer = rule([{"params": [weights]}, {"params": [bias], **spared}], **settings)
    scale = torch.arange(1, len(START) + 1, dtype=torch.float64)
    for step in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = settings["lr"] * factor**step
        optimizer.zero_grad()
        (scale * torch.cat([weights, bias]) ** 4).sum().div(4).backward()
        optimizer.step()
    return {"name": name, "rate": settings["lr"], "factor": factor, "end": torch.cat([weights, bias]).tolist()}


if __name__ == "__main__":
    records = [run(name, factor) for name in RUNS for factor in FACTORS]
    told = json.dumps(
        {"torch": torch.__version__, "start": START, "steps": STEPS, "records": records}, separators=(",", ":")
    )
    Path(__file__).with_name("optimizers.json").write_text(
        told.replace('{"name"', '\n{"name"') + "\n", encoding="utf-8"
    )
