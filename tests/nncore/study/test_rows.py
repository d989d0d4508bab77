"""A row says what a run was and how it ended, always with the same keys in the same order."""

from dataclasses import replace

import numpy as np

from nncore.config import Config, Seeds
from nncore.study.repeats import Repeats
from nncore.study.rows import columns_of, failed_rows, rows_of, run_hash
from nncore.trainer import Trainer

CONFIG = Config.from_json({"data": {"name": "circles", "count": 40}, "layers": [{"units": 3}]})
RULE = (2, "epochs", 0.95)


def test_rows_have_the_keys_in_order_also_where_the_run_failed() -> None:
    repeats = Repeats(CONFIG, [Seeds(0, 5)], 2)
    repeats.advance(100)
    (row,) = rows_of(CONFIG, [("batch", 10)], repeats.outcomes(), RULE, 0.5)
    (failed,) = failed_rows(CONFIG, [("batch", 10)], [Seeds(0, 5)], RULE, "MemoryError:\n no room")
    assert tuple(row) == tuple(failed) == columns_of(["batch"])
    assert failed["error"] == "MemoryError: no room"
    assert failed["solved"] is None
    known = ("hash", "batch", "parameters", "multiply_adds", "data_seed", "run_seed")
    assert [row[name] for name in known[1:]] == [10, 13, 9, 0, 5]
    assert [failed[name] for name in known] == [row[name] for name in known]
    alone = Trainer(replace(CONFIG, seeds=Seeds(0, 5))).run(2).evaluate()
    assert (row["train_loss"], row["test_accuracy"]) == (alone.train_loss, alone.test_accuracy)


def test_a_hash_names_all_that_decides_and_nothing_else() -> None:
    same = Config.from_json(CONFIG.to_json())
    assert run_hash(same, *RULE) == run_hash(CONFIG, *RULE)
    others = [
        run_hash(replace(CONFIG, seeds=Seeds(0, 1)), *RULE),
        run_hash(replace(CONFIG, batch=11), *RULE),
        *(run_hash(CONFIG, *rule) for rule in ((3, "epochs", 0.95), (2, "solved", 0.95), (2, "epochs", 0.9))),
    ]
    assert len({run_hash(CONFIG, *RULE), *others}) == 6


def test_a_run_whose_last_step_lost_its_numbers_has_diverged() -> None:
    repeats = Repeats(CONFIG, [Seeds(0, 0)], 2)
    repeats.advance(100)
    (outcome,) = repeats.outcomes()
    (row,) = rows_of(CONFIG, [], [replace(outcome, train_loss=np.inf, test_loss=np.nan)], RULE, 0.1)
    assert (row["train_loss"], row["test_loss"], row["diverged"], row["diverged_epoch"]) == (None, None, True, 2)
