"""Every HTTP route, asked in every way a schema allows and many that it does not: no answer is a server's error.

The schema is made from the routes for this test alone; the server publishes none.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from starlette.testclient import TestClient

from app.hosts.backend import InProcess
from app.settings import Settings
from app.web.application import create_app

pytestmark = pytest.mark.slow

SPOKEN = {("/healthz", 503), ("/readyz", 503), ("/oembed", 501)}
"""Answers over 500 that say what they should: no host is up, and oEmbed's own word for another format."""

SETTINGS = Settings()
schema = schemathesis.openapi.from_dict(create_app(SETTINGS, InProcess(SETTINGS)).openapi())


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    # Made here: workers that share tests out may come back to this file, and an application lives in one event loop.
    app = create_app(SETTINGS, InProcess(SETTINGS))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@schema.parametrize()
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_route_fails(case: schemathesis.Case[Any], client: TestClient) -> None:
    answer = client.request(case.method, case.formatted_path, params=case.query, headers=dict(case.headers or {}))
    assert answer.status_code < 500 or (case.path, answer.status_code) in SPOKEN
    assert answer.headers["x-content-type-options"] == "nosniff"
