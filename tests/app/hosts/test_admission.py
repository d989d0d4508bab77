"""Places are counted in all and by address, and given back."""

import pytest

from app.errors import Busy
from app.hosts.admission import MOST_PACES, Admission, neighbourhood
from app.settings import Settings

SETTINGS = Settings(sessions=3, sessions_per_address=2, busy_retry_seconds=7.0, closing_retry_seconds=1.0)


def test_one_too_many_in_all_is_told_when_to_come_back() -> None:
    admission = Admission(SETTINGS)
    for address in ("10.0.0.1", "10.0.0.2", "10.0.0.3"):
        admission.enter(address)
    with pytest.raises(Busy, match=r"full \(3 places\)") as caught:
        admission.enter("10.0.0.4")
    assert caught.value.retry_seconds == 7.0
    assert admission.refused == 1
    admission.leave("10.0.0.2")
    admission.enter("10.0.0.4")


def test_one_address_cannot_take_every_place() -> None:
    admission = Admission(SETTINGS)
    for _ in range(2):
        admission.enter("10.0.0.1")
    with pytest.raises(Busy, match=r"this address are taken \(2\)"):
        admission.enter("10.0.0.1")
    admission.enter("10.0.0.2")
    admission.leave("10.0.0.1")
    admission.leave("10.0.0.1")
    admission.enter("10.0.0.1")


def test_nobody_comes_in_while_the_server_shuts_down() -> None:
    admission = Admission(SETTINGS)
    admission.closing = True
    with pytest.raises(Busy, match="shutting down") as caught:
        admission.enter("10.0.0.1")
    assert caught.value.retry_seconds == 1.0


def test_addresses_that_left_are_forgotten() -> None:
    admission = Admission(SETTINGS)
    for number in range(1000):
        admission.enter(f"10.0.{number // 256}.{number % 256}")
        admission.leave(f"10.0.{number // 256}.{number % 256}")
    assert len(admission._taken) == 0


def test_an_address_that_comes_too_fast_is_told_to_come_back_and_disturbs_no_other() -> None:
    now = [0.0]
    admission = Admission(Settings(connects_per_second=2.0, connects_at_once=3), lambda: now[0])

    def visit(address: str) -> None:
        admission.enter(address)
        admission.leave(address)

    for _ in range(3):
        visit("10.0.0.1")
    with pytest.raises(Busy, match="Too many sessions were opened from this address"):
        visit("10.0.0.1")
    visit("10.0.0.2")
    now[0] = 0.5
    visit("10.0.0.1")
    with pytest.raises(Busy):
        visit("10.0.0.1")


def test_the_paces_of_many_addresses_take_bounded_memory() -> None:
    admission = Admission(Settings())
    for number in range(MOST_PACES + 5):
        address = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        admission.enter(address)
        admission.leave(address)
    assert len(admission._paces) <= MOST_PACES


def test_one_customer_s_network_is_one_address() -> None:
    assert neighbourhood("2001:db8::1") == neighbourhood("2001:db8::ffff:2") != neighbourhood("2001:db8:0:1::1")
    assert neighbourhood("::ffff:10.0.0.1") == neighbourhood("10.0.0.1") == "10.0.0.1"
    assert neighbourhood("testclient") == "testclient"


def test_the_defaults_suit_a_class_of_300_behind_one_address() -> None:
    admission = Admission(Settings())
    for _ in range(300):
        admission.enter("10.0.0.1")
    admission.enter("10.0.0.2")
