"""The end of a race is said in words."""

from app.live.race.finish import Finish


def test_it_says_which_epoch_it_was() -> None:
    assert "has trained 7 epochs" in Finish(7).sentence.fill({"epoch": 7})
