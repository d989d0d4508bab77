"""A class is shown an address that it can type or scan."""

import ipaddress

from app.web.lan import invitation, lan_address


def test_an_address_of_this_machine_is_found_where_it_is_in_a_network() -> None:
    address = lan_address()
    assert address is None or not ipaddress.ip_address(address).is_loopback


def test_the_invitation_holds_the_address_and_a_code() -> None:
    text = invitation("192.0.2.7", 8000)
    assert text.startswith("In this network: http://192.0.2.7:8000\n")
    assert len([line for line in text.splitlines() if "█" in line]) > 10
