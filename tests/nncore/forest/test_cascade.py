"""A cascade as one looks through it: votes become numbers, and no vote is certain."""

import numpy as np
import pytest

from nncore.config import Config
from nncore.forest.cascade import Cascade
from nncore.forest.grower import Grower
from nncore.forest.settings import Forest
from nncore.heads import LogitHead, SoftmaxHead

FOREST = Forest(random=1, completely_random=1, trees=4, levels=3)


def test_two_classes_are_one_number_from_minus_one_to_one_more_are_shares() -> None:
    two, three = Cascade(FOREST, 2, LogitHead(), 2, [0.5, 0.5]), Cascade(FOREST, 2, SoftmaxHead(3), 3, [0.2, 0.3, 0.5])
    votes = np.array([[1.0, 0.25], [0.0, 0.75]], np.float32)
    assert two.said(votes).tolist() == [[-1.0, 0.5]]
    assert three.said(votes).tolist() == votes.tolist()


def test_the_answer_is_the_mean_of_the_votes_with_half_a_vote_for_each_class() -> None:
    cascade = Cascade(FOREST, 2, LogitHead(), 2, [0.5, 0.5])
    # Two forests of four trees each all vote for class 1: 8.5 of 9 votes.
    p = cascade.head.predict(cascade.z(np.ones((2, 1), np.float32), 1))
    assert float(p[0, 0]) == pytest.approx(8.5 / 9)
    cascade = Cascade(FOREST, 2, SoftmaxHead(3), 3, [0.2, 0.3, 0.5])
    level = np.array([1, 0, 0, 0, 1, 0], np.float32)[:, None]
    # One forest says class 0, the other class 1: 4.5, 4.5 and 0.5 of 9.5 votes.
    assert cascade.head.predict(cascade.z(level, 1))[:, 0].tolist() == pytest.approx([4.5 / 9.5, 4.5 / 9.5, 0.5 / 9.5])


def test_links_are_shares_of_what_trees_ask_for() -> None:
    grower = Grower(
        Config.from_json(
            {
                "data": {"name": "xor", "count": 80},
                "forest": {"random": 1, "completely_random": 1, "trees": 2, "levels": 2, "folds": 2},
            }
        )
    ).run(2)
    cascade = grower.network
    assert cascade.slopes(0, 2).sum(axis=0).tolist() == pytest.approx([1.0, 1.0])
    # The second level asks for the inputs, too: no link is drawn for these.
    assert (cascade.slopes(1, 2).sum(axis=0) <= 1).all()
    assert cascade.slopes(2, 2).ravel().tolist() == ([0.5, 0.5] if cascade.best == 2 else [0.0, 0.0])


def test_what_a_grown_forest_says_of_places_is_remembered() -> None:
    config = Config.from_json({"data": {"name": "xor", "count": 80}, "forest": {"random": 1, "completely_random": 0}})
    grower = Grower(config).run(1)
    x = np.vstack([np.random.default_rng(0).normal(size=(2, 30)), np.ones(30)]).astype(np.float32)
    cascade = grower.network
    first = cascade.forward(x, cascade.tape(30)).copy()
    cascade.levels[0][0] = []
    assert np.array_equal(cascade.forward(x, cascade.tape(30)), first)
    cascade.clear()
    assert not np.array_equal(cascade.forward(x, cascade.tape(30)), first)
