"""What a `race` message asks for, weighed before anything is built."""

import pytest

from app.live.commands import BudgetFields, Race
from app.live.race.opening import requested_race
from app.live.upload import Upload
from app.settings import Settings
from nncore.config import Config
from nncore.errors import InputError
from nncore.trainer import Trainer


def test_a_budget_never_asks_for_more_units_than_this_server_trains() -> None:
    settings = Settings(units=6)
    budget = BudgetFields(measure="parameters", target=100_000)
    start = requested_race(Race(lanes=[{}, {}], budget=budget), Upload(settings), settings)
    assert {layer.units for lane in start.race.lanes for layer in lane.layers} == {6}
    assert all(one is not None and not one.is_near for one in start.near)


def test_a_lane_without_layers_stays_as_it_is_under_a_budget() -> None:
    budget = BudgetFields(measure="parameters", target=50)
    start = requested_race(Race(lanes=[{"layers": []}, {}], budget=budget), Upload(Settings()), Settings())
    assert start.near[0] is None
    assert start.race.lanes[0].layers == ()


def test_lanes_begin_as_their_configs_say() -> None:
    start = requested_race(Race(lanes=[{}, {"seeds": {"run": 4}}]), Upload(Settings()), Settings())
    for run, seed in zip(start.build(), (Config().seeds.run, 4), strict=True):
        expected = Trainer(Config.from_json({"seeds": {"run": seed}}))
        assert (run.network.theta == expected.network.theta).all()


def test_checkpoints_that_could_not_come_back_up_are_not_begun() -> None:
    settings = Settings(checkpoint_bytes=500_000)
    with pytest.raises(InputError, match="race fewer"):
        requested_race(Race(lanes=[{}] * 6), Upload(settings), settings)
