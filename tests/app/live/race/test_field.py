"""Lanes as one run: in step, however long an epoch of each is, and without those that have diverged."""

from app.live.playback import Playback
from app.live.race.field import Field
from app.live.race.finish import Finish
from app.live.race.lane import Lane
from app.live.screen import Screen
from app.live.stopwatch import Stopwatch
from app.settings import Settings
from nncore.config import Config
from nncore.divergence import Divergence
from nncore.trainer import Trainer
from tests.app.clock import Clock


def field(*batches: int) -> Field:
    clock = Clock()

    def lane(name: str, batch: int) -> Lane:
        config = Config.from_json({"layers": [{"units": 2}], "data": {"name": "xor", "count": 40}, "batch": batch})
        return Lane(
            name, Trainer(config), Screen(Settings(), clock, Playback(clock), lane=name), 0.95, Stopwatch(clock)
        )

    return Field([lane(name, batch) for name, batch in zip("abcdef", batches, strict=False)])


def test_an_epoch_has_the_batches_of_all() -> None:
    one = field(5, 10)
    assert one.steps_per_epoch == sum(lane.trainer.steps_per_epoch for lane in one.lanes)
    assert (one.epoch, one.offset, one.steps_to_epoch_end) == (0, 0, one.steps_per_epoch)


def test_it_stops_where_all_are_at_the_end_of_an_epoch() -> None:
    one = field(1, 10)
    assert one.advance(10**6) == one.steps_per_epoch
    assert [lane.trainer.epoch for lane in one.lanes] == [1, 1]
    assert (one.epoch, one.offset) == (1, 0)


def test_no_lane_is_an_epoch_ahead() -> None:
    one = field(1, 10)
    for _ in range(100):
        one.advance(1)
        progress = [lane.progress for lane in one.lanes]
        assert max(progress) - min(progress) <= 1


def test_who_has_diverged_is_left_behind() -> None:
    one = field(5, 10)
    one.lanes[0].trainer.diverged = Divergence(0, 0, 0, 1)
    assert one.steps_per_epoch == one.lanes[1].trainer.steps_per_epoch
    one.advance(10**6)
    assert [lane.trainer.epoch for lane in one.lanes] == [0, 1]
    assert (one.epoch, one.diverged) == (1, None)
    one.lanes[1].trainer.diverged = Divergence(0, 0, 0, 1)
    assert (one.epoch, one.diverged, one.advance(5)) == (1, True, 0)


def test_the_finish_is_the_end_of_one_epoch() -> None:
    one = field(10, 10)
    finish = Finish(1)
    assert not finish.comes(one)
    one.advance(10**6)
    assert finish.comes(one)
