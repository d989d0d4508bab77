"""A mistake in a Config keeps its words and gets the study's place."""

import pytest

from nncore.config import Config
from nncore.errors import InputError
from nncore.study.bad_study import BadStudy


def test_a_config_s_mistake_is_named_where_it_stands_in_the_study() -> None:
    with pytest.raises(InputError) as caught:
        Config.from_json({"layers": [{"units": 0}]})
    told = BadStudy.of(caught.value, "base")
    assert told.path == "base.layers[0].units"
    assert str(told) == "base.layers[0].units: must be a whole number from 1 to 256, not 0"
    assert str(BadStudy("", "nothing")) == "nothing"
