"""Records the factors of PyTorch's learning rate schedules in schedules.json. Not run by the tests.

    python -m venv /tmp/torch && /tmp/torch/bin/pip install torch==2.13.0
    /tmp/torch/bin/python tests/golden/make_schedules.py

StepLR is our step. CosineAnnealingLR is our cosine up to its last epoch; after it PyTorch's rises again, ours stays.
"""

import json
from pathlib import Path
from typing import Any

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, LRScheduler, StepLR

RUNS: list[tuple[str, dict[str, float], type[LRScheduler], dict[str, float], int]] = [
    ("step", {"epochs": 7, "gamma": 0.3}, StepLR, {"step_size": 7, "gamma": 0.3}, 60),
    ("cosine", {"epochs": 40, "floor": 0.0}, CosineAnnealingLR, {"T_max": 40}, 40),
    ("cosine", {"epochs": 25, "floor": 0.1}, CosineAnnealingLR, {"T_max": 25, "eta_min": 0.1}, 25),
]


def factors(rule: type[LRScheduler], settings: dict[str, float], epochs: int) -> list[float]:
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule, found = rule(optimizer, **settings), []
    for _ in range(epochs + 1):
        found.append(float(optimizer.param_groups[0]["lr"]))
        optimizer.step()
        schedule.step()
    return found


if __name__ == "__main__":
    records: list[dict[str, Any]] = [
        {"name": name, "knobs": knobs, "factors": factors(rule, settings, epochs)}
        for name, knobs, rule, settings, epochs in RUNS
    ]
    told = json.dumps({"torch": torch.__version__, "records": records}, separators=(",", ":"))
    Path(__file__).with_name("schedules.json").write_text(told.replace('{"name"', '\n{"name"') + "\n", encoding="utf-8")
