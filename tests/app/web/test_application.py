"""An application is made from settings, holds its backend, and tells nobody about its visitors."""

import re

import pytest
from starlette.testclient import TestClient

from app.hosts.backend import InProcess
from app.hosts.processes import LocalProcesses
from app.settings import Settings
from app.web.application import create_app

SETTINGS = Settings(hosts=1)


def test_an_application_trains_in_processes_unless_told_otherwise() -> None:
    assert isinstance(create_app(SETTINGS).services.backend, LocalProcesses)
    backend = InProcess(SETTINGS)
    assert create_app(SETTINGS, backend).services.backend is backend


def test_the_backend_lives_as_long_as_the_application() -> None:
    backend = InProcess(SETTINGS)
    with TestClient(create_app(SETTINGS, backend)):
        assert backend.status()[0].alive
    assert not backend.status()[0].alive


@pytest.mark.parametrize("address", ["/docs", "/openapi.json", "/nothing"])
def test_there_is_nothing_else(address: str) -> None:
    assert TestClient(create_app(SETTINGS, InProcess(SETTINGS))).get(address).status_code == 404


def test_the_page_works_under_the_path_of_a_proxy() -> None:
    with TestClient(create_app(SETTINGS, InProcess(SETTINGS)), root_path="/playground") as client:
        page = client.get("/playground/").text
        (script,) = re.findall(r'modulepreload" href="([^"]*/main.js)"', page)
        assert client.get(f"/playground/{script}").status_code == 200
        assert client.get("/playground/healthz").status_code == 200
