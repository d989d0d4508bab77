"""What a stroke adds stands behind the points that there are, and nowhere else."""

from typing import Any

import pytest

from app.live.added_points import whole
from nncore.config import Config
from nncore.errors import InputError

POINTS = [[0.0, 0.0, 0], [1.0, 0.5, 1], [0.25, -1.0, 1], [-0.5, 0.5, 0]]
CONFIG = Config.from_json({"data": {"name": "own", "points": POINTS}})


def test_added_points_stand_behind_those_that_there_are() -> None:
    found: Any = whole({"after": 4, "added": [[0.1, 0.2, 1]]}, CONFIG)
    assert [list(point) for point in found] == [*POINTS, [0.1, 0.2, 1]]


@pytest.mark.parametrize("value", [POINTS, [], None, "points", 3])
def test_all_points_are_meant_as_they_are(value: object) -> None:
    assert whole(value, CONFIG) is value


def test_only_own_points_can_be_added_to() -> None:
    value = {"after": 0, "added": []}
    assert whole(value, Config()) is value


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"after": 3, "added": []}, "data.points.after: must be 4, for that many points there are, not 3"),
        ({"after": True, "added": []}, "data.points.after: must be 4, for that many points there are, not true"),
        ({"added": []}, "data.points.after"),
        ({"after": 4}, "data.points.added"),
        ({"after": 4, "added": {}}, "data.points.added: must be a list of points"),
        ({"after": 4, "added": [], "before": 1}, "data.points.before: is not a field here"),
    ],
)
def test_what_does_not_fit_is_refused_where_it_stands(value: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError) as refused:
        whole(value, CONFIG)
    assert str(refused.value).startswith(said)
