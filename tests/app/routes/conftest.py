"""A running application with its sessions in the same process, asked through Starlette's client."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from app.backend import InProcess
from app.main import create_app
from app.settings import Settings

SETTINGS = Settings(sessions=2, message_bytes=20_000)


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(SETTINGS, InProcess(SETTINGS))) as client:
        yield client
