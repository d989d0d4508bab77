"""A web server of one's own finds the application under the name that people write."""

import importlib

import pytest
from uvicorn.importer import import_from_string

from app.hosts.processes import LocalProcesses


def test_the_application_is_found_and_made_once() -> None:
    application = import_from_string("app.main:app")
    assert isinstance(application.services.backend, LocalProcesses)
    assert import_from_string("app.main:app") is application


def test_there_is_nothing_else_by_another_name() -> None:
    with pytest.raises(AttributeError, match="application"):
        importlib.import_module("app.main").application  # noqa: B018  # asking is the test
