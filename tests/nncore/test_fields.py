"""The table of a Config's own numbers: whole, explained, and each at the path where the Config has it."""

from functools import reduce
from operator import getitem
from typing import Any

import pytest

from nncore.config import Config
from nncore.fields import FIELDS, NUMBERS


@pytest.mark.parametrize("path", FIELDS)
def test_every_number_allows_its_default_and_explains_itself(path: str) -> None:
    knob = FIELDS[path]
    assert knob.check(knob.default, path) == knob.default
    assert path.split(".")[-1] in (knob.name, "depth")
    assert knob.label
    assert knob.sentence.endswith(".")


@pytest.mark.parametrize("path", [path for path in FIELDS if path not in ("depth", "data.count")])
def test_every_default_is_the_configs(path: str) -> None:
    data: Any = Config().to_json()
    data["layers"] = data["layers"][0]
    assert reduce(getitem, path.split("."), data) == FIELDS[path].default


def test_the_numbers_at_the_top_of_a_config_are_fields() -> None:
    assert set(NUMBERS) <= set(FIELDS)
