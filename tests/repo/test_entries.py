"""One new file is all it takes: each entry stands in a file of its own that is called what the entry is called."""

import importlib
import pkgutil
from pathlib import Path
from typing import Any

import pytest

from nncore.datasets import DATASETS
from nncore.neurons import NEURONS
from nncore.probes import PROBES
from nncore.registry import Registry
from tests.repo.sources import ROOT

REGISTRIES: dict[str, Registry[Any]] = {"nncore.neurons": NEURONS, "nncore.datasets": DATASETS, "nncore.probes": PROBES}
FILES = [
    (package, module.name)
    for package in REGISTRIES
    for module in pkgutil.iter_modules([str(ROOT / Path(*package.split(".")))])
]


def test_file_stem_is_the_registered_name() -> None:
    defined = {
        (package, stem): [name for name, entry in registered(package) if entry.__module__ == f"{package}.{stem}"]
        for package, stem in FILES
    }
    assert {place: names for place, names in defined.items() if names != [place[1]]} == {}


@pytest.mark.parametrize("package", REGISTRIES)
def test_nothing_is_registered_from_elsewhere(package: str) -> None:
    assert sorted(REGISTRIES[package].names()) == sorted(stem for home, stem in FILES if home == package)


@pytest.mark.parametrize("package", REGISTRIES)
def test_a_new_file_is_found_without_editing_a_list(package: str) -> None:
    text = Path(str(importlib.import_module(package).__file__)).read_text(encoding="utf-8")
    assert [stem for home, stem in FILES if home == package and f"{package}.{stem}" in text] == []


def registered(package: str) -> list[tuple[str, type]]:
    registry = REGISTRIES[package]
    return [(name, registry[name]) for name in registry.names()]
