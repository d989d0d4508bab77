"""Records what independent libraries say of a few samples in statistics.json. Not run by the tests.

    python -m pip install --target /tmp/statistics statsmodels==0.15.0 scipy==1.17.1 lifelines==0.30.3 rliable==1.2.0
    PYTHONPATH=/tmp/statistics python tests/golden/make_statistics.py

- `wilson`: statsmodels' proportion_confint with method "wilson", at 95 % and at 90 %.
- `interquartile_mean`: rliable's aggregate_iqm, which is SciPy's trim_mean with a quarter cut off at either side.
- `bootstrap`: the 95 % percentile interval of rliable's StratifiedBootstrap (Agarwal et al. 2021) for aggregate_iqm, of
  scores (runs, tasks) over 50,000 resamples; ours draws others, so it is near and not equal.
- `probability_above`: SciPy's mannwhitneyu over the number of pairs, as rliable's probability_of_improvement has it.
- `median_epochs`: the first time at which lifelines' KaplanMeierFitter().survival_function_ is at most a half, rounded
  to nine digits; null where it never is. Its own median_survival_time_ compares without rounding, and so takes the next
  time wherever a product that is a half comes out as 0.5000000000000001 (3 of 6, 4 of 8).
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from lifelines import KaplanMeierFitter
from rliable.library import StratifiedBootstrap
from rliable.metrics import aggregate_iqm
from scipy.stats import mannwhitneyu
from statsmodels.stats.proportion import proportion_confint

SHARES = [(0, 20), (1, 20), (7, 20), (18, 20), (20, 20), (0, 1), (1, 1), (3, 5), (50, 50), (137, 500)]
SURVIVALS = [
    ([12, 30, 30, 45, 60, 87, 200, 200], [1, 1, 1, 1, 1, 1, 0, 0]),
    ([12, 30, 200, 200, 200], [1, 1, 0, 0, 0]),
    ([10, 20, 30, 40], [1, 1, 1, 1]),
    ([10, 20, 200, 200], [1, 1, 0, 0]),
    ([5], [1]),
    ([200], [0]),
    ([10, 15, 20, 25, 40, 55, 70], [1, 0, 1, 0, 1, 0, 1]),
    ([50, 20, 20, 80, 10, 35, 35], [0, 1, 1, 1, 0, 1, 1]),
    ([3, 3, 3, 3, 9, 9], [1, 1, 0, 1, 1, 1]),
]


def main() -> None:
    """Write the file."""
    rng = np.random.RandomState(14)
    samples = [np.round(rng.beta(5, 2, count), 3).tolist() for count in (1, 2, 3, 4, 5, 7, 8, 10, 20, 23, 50)]
    pairs = [
        ([0.9, 0.95, 0.95, 1.0], [0.9, 0.9, 0.95, 0.8]),
        ([0.5], [0.5, 0.6]),
        (samples[-1], samples[-2]),
        (samples[8], samples[9]),
        ([1.0, 1.0], [0.0, 0.0, 0.0]),
    ]
    records: dict[str, list[dict[str, Any]]] = {
        "wilson": [
            {"successes": k, "count": n, "confidence": confidence, "interval": list(map(float, interval))}
            for k, n in SHARES
            for confidence in (0.95, 0.9)
            for interval in [proportion_confint(k, n, alpha=1 - confidence, method="wilson")]
        ],
        "interquartile_mean": [
            {"values": sample, "mean": float(aggregate_iqm(np.array(sample)[:, None]))} for sample in samples
        ],
        "bootstrap": [bootstrap(rng, runs, tasks) for runs, tasks in ((20, 1), (50, 1), (20, 3), (10, 5))],
        "probability_above": [
            {"a": a, "b": b, "probability": float(mannwhitneyu(a, b).statistic) / (len(a) * len(b))} for a, b in pairs
        ],
        "median_epochs": [
            {"epochs": epochs, "solved": solved, "median": median(epochs, solved)} for epochs, solved in SURVIVALS
        ],
    }
    path = Path(__file__).with_name("statistics.json")
    path.write_text(json.dumps(records, indent=1) + "\n", encoding="utf-8")


def bootstrap(rng: np.random.RandomState, runs: int, tasks: int) -> dict[str, Any]:
    """Scores as accuracies are: many near 1, some far below."""
    scores = np.round(rng.beta(4, 1.5, (runs, tasks)), 3)
    drawn = StratifiedBootstrap(scores, random_state=np.random.RandomState(0))
    low, high = drawn.conf_int(aggregate_iqm, reps=50_000, method="percentile", size=0.95)[:, 0]
    return {"strata": scores.T.tolist(), "interval": [float(low), float(high)]}


def median(epochs: list[int], solved: list[int]) -> float | None:
    """By lifelines' estimate."""
    left = KaplanMeierFitter().fit(epochs, solved).survival_function_["KM_estimate"].round(9)
    reached = left.index[left <= 0.5]
    return float(reached[0]) if len(reached) else None


if __name__ == "__main__":
    main()
