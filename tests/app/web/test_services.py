"""A route is given the services of the very application that is asked, and who asks as limits see them."""

import asyncio

from starlette.requests import HTTPConnection

from app.hosts.backend import InProcess
from app.settings import Settings
from app.web.application import create_app
from app.web.services import services, visitor


def test_every_application_has_services_of_its_own() -> None:
    first, second = (create_app(settings, InProcess(settings)) for settings in (Settings(points=50), Settings()))
    assert asyncio.run(services(HTTPConnection({"type": "http", "app": first}))) is first.services
    assert asyncio.run(services(HTTPConnection({"type": "websocket", "app": second}))).settings.points == 2000


def test_a_visitor_is_an_address_or_the_network_of_one() -> None:
    def of(address: str) -> str:
        return asyncio.run(visitor(HTTPConnection({"type": "http", "client": (address, 1234)})))

    assert of("192.0.2.7") == "192.0.2.7"
    assert of("2001:db8::1") == of("2001:db8::2") != of("2001:db8:0:1::1")
    assert asyncio.run(visitor(HTTPConnection({"type": "http", "client": None}))) == ""
