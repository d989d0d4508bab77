"""A running application with its sessions in the same process, asked through Starlette's client."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from app.hosts.backend import InProcess
from app.settings import Settings
from app.web.application import create_app

SETTINGS = Settings(
    sessions=2,
    message_bytes=20_000,
    table_bytes=40_000,
    checkpoint_bytes=1_000_000,
    picture_seconds=3600,
    job_seconds=3600,
)


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(SETTINGS, InProcess(SETTINGS))) as client:
        yield client
