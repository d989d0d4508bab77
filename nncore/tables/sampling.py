"""A fair sample of rows: seeded, every class with its share, in the order of the table."""

from collections.abc import Sequence

import numpy as np

SEED = 0


def draw_sample(labels: Sequence[str], count: int, seed: int = SEED) -> list[int]:
    """Which `count` rows of those with these `labels`: each label keeps its share to the row, and none is lost for as
    long as there are no more labels than rows. The same table gives the same sample.
    """
    rng = np.random.default_rng(seed)
    members: dict[str, list[int]] = {}
    for number, label in enumerate(labels):
        members.setdefault(label, []).append(number)
    if 2 * len(members) > count:
        # As good as all are different: values, of which none stands for a class.
        return sorted(rng.choice(len(labels), count, replace=False).tolist())
    exact = {label: count * len(rows) / len(labels) for label, rows in members.items()}
    shares = {label: max(1, int(share)) for label, share in exact.items()}
    for label in sorted(exact, key=lambda one: exact[one] - shares[one], reverse=True):
        missing = count - sum(shares.values())
        if missing == 0:
            break
        shares[label] += 1 if missing > 0 else 0
    while sum(shares.values()) > count:
        shares[max(shares, key=shares.__getitem__)] -= 1
    picked = [rng.permutation(rows)[: shares[label]] for label, rows in members.items()]
    return sorted(np.concatenate(picked).tolist())
