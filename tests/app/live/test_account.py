"""What a session takes is what its run, its view and what has come up take; a wish without room costs nothing."""

from typing import Any

import pytest

from app.errors import NoRoom
from app.links.memory import needed
from app.live.account import Account
from app.live.lens import LensView
from app.live.viewer import ViewSettings
from app.settings import Settings
from nncore.config import Config
from nncore.errors import OutOfRange
from nncore.footprint import View

SETTINGS = Settings(session_bytes=20_000_000, host_bytes=10**9)
SMALL = Config.from_json({"layers": [{"units": 2}], "data": {"name": "xor", "count": 40}})
HEAVY = Config.from_json({"layers": [{"units": 16, "neuron": "kan"}] * 6, "data": {"name": "xor", "count": 500}})


def view(**fields: Any) -> ViewSettings:
    return ViewSettings(**{"unit_pixels": 12, "output_pixels": 50, "frames_per_second": 20.0} | fields)


def test_the_price_is_that_of_the_run_and_of_all_that_is_looked_at() -> None:
    account = Account(SETTINGS, lambda _: 10**9)
    price = account.price(SMALL, view(), "")
    assert price == needed(SMALL, SETTINGS, "", View(12, 50))
    assert account.price(SMALL, view(output_pixels=100), "") > price
    assert account.price(SMALL, view(lens=LensView(40, 13)), "") > price
    assert account.total == 0


def test_what_is_paid_and_what_comes_up_is_taken_until_another_run_is_paid_for() -> None:
    account = Account(SETTINGS, lambda _: 10**9)
    account.pay(1000)
    account.take_up(b"12345", 0.0)
    assert account.total == 1005
    account.pay(10)
    account.upload.forget()
    assert account.total == 10


def test_the_room_is_asked_for_at_each_wish_and_holds_what_is_coming_up() -> None:
    room = 10_000_000
    account = Account(SETTINGS, lambda known: room if known is account else 0)
    with pytest.raises(NoRoom) as refused:
        account.price(HEAVY, view(), "config")
    assert (refused.value.path, refused.value.values["high"]) == ("config", 10.0)
    room = account.price(SMALL, view(), "") + 1000
    account.pay(room - 1000)
    account.take_up(bytes(1000), 0.0)
    with pytest.raises(NoRoom):
        account.take_up(b"1", 0.0)


def test_more_than_any_session_may_take_is_out_of_range_however_much_room_there_is() -> None:
    account = Account(SETTINGS, lambda _: 10**9)
    with pytest.raises(OutOfRange, match="20 MB that a session"):
        account.price(HEAVY, view(unit_pixels=200), "")
