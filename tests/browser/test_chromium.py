"""The browser finder: what it takes, what it leaves, and what it says when there is nothing."""

import os
import shutil
from pathlib import Path

import pytest

from tests.browser import chromium


def executable(path: Path, *lines: str) -> str:
    path.write_text("\n".join(("#!/bin/sh", *lines)))
    path.chmod(0o755)
    return str(path)


def test_the_found_browser_tells_its_version() -> None:
    browser = chromium.find()
    assert browser is not None, chromium.NoChromium("`make test` fetches one where it can")
    assert chromium.runs(browser)


def test_an_installed_browser_is_found_on_the_path(tmp_path: Path) -> None:
    browser = executable(tmp_path / "google-chrome", "echo Google Chrome 156")
    assert next(chromium.installed(str(tmp_path))) == browser


def test_the_first_name_on_the_list_wins(tmp_path: Path) -> None:
    executable(tmp_path / "google-chrome", "echo Google Chrome 156")
    browser = executable(tmp_path / "chromium", "echo Chromium 156")
    assert next(chromium.installed(str(tmp_path))) == browser


def test_a_stub_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    executable(tmp_path / "chromium", "echo install the snap >&2", "exit 1")
    browser = executable(tmp_path / "google-chrome", "echo Google Chrome 156")
    assert chromium.find(lambda: chromium.installed(str(tmp_path))) == browser


def test_sources_are_asked_in_turn() -> None:
    assert chromium.find(list, lambda: ["/bin/sh-that-is-not-there"], lambda: ["/bin/true"]) == "/bin/true"


def test_nothing_found_is_none() -> None:
    assert chromium.find(list) is None


def test_fetching_asks_the_download_first(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def succeeds(*command: str) -> bool:
        asked.append(command)
        return True

    monkeypatch.setattr(chromium, "succeeds", succeeds)
    monkeypatch.setattr(chromium, "find", lambda *sources: "/a/browser")
    assert chromium.fetch() == "/a/browser"
    assert [command[1:] for command in asked] == [("-m", "playwright", "install", "chromium")]


def test_fetching_goes_on_to_the_package_manager(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def succeeds(*command: str) -> bool:
        asked.append(Path(command[0]).name)
        return asked[-1] == "apt-get"

    monkeypatch.setattr(chromium, "succeeds", succeeds)
    monkeypatch.setattr(chromium, "find", lambda *sources: "/usr/bin/chromium" if len(asked) == 3 else None)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert chromium.fetch() == "/usr/bin/chromium"
    assert asked[1:] == ["apt-get", "apt-get"]


def test_an_older_system_without_the_small_browser_gets_the_whole_one(monkeypatch: pytest.MonkeyPatch) -> None:
    packages: list[str] = []

    def succeeds(*command: str) -> bool:
        packages.extend(command[-1:] if "install" in command and "apt-get" in command[0] else [])
        return packages[-1:] == ["chromium"]

    monkeypatch.setattr(chromium, "succeeds", succeeds)
    monkeypatch.setattr(chromium, "find", lambda *sources: "/usr/bin/chromium" if "chromium" in packages else None)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert chromium.fetch() == "/usr/bin/chromium"
    assert packages == ["chromium-headless-shell", "chromium"]


@pytest.mark.parametrize(("user", "manager"), [(0, None), (1000, "/usr/bin/apt-get"), (0, "/usr/bin/apt-get")])
def test_nothing_to_be_had_is_one_sentence(monkeypatch: pytest.MonkeyPatch, user: int, manager: str | None) -> None:
    monkeypatch.setattr(chromium, "succeeds", lambda *command: False)
    monkeypatch.setattr(chromium, "find", lambda *sources: None)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(shutil, "which", lambda name: manager)
    with pytest.raises(chromium.NoChromium, match=r"^No Chromium .*: install Chromium or Chrome and run this again\.$"):
        chromium.fetch()
