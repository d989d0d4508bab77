"""An engine is called by its name; what cannot be had is told in one sentence."""

import pytest

from app.engines import engine
from app.engines.engine import ENGINES, cores, engine_named
from app.errors import UsageError


def test_engines_come_by_their_names() -> None:
    assert engine_named("serial").workers == 1
    assert engine_named("local").workers == cores() >= 1
    assert engine_named("local", 3).workers == 3
    assert ENGINES == ("local", "ray", "serial")


@pytest.mark.parametrize(
    ("name", "workers", "address", "told"),
    [
        ("locl", None, None, r"no engine called 'locl' \(did you mean local\?\); known are local, ray, serial"),
        ("local", 0, None, "--workers: must be at least 1"),
        ("local", None, "auto", "only the engine ray"),
    ],
)
def test_a_wrong_wish_is_one_sentence(name: str, workers: int | None, address: str | None, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        engine_named(name, workers, address)


def test_an_engine_whose_package_is_missing_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(module: str) -> None:
        raise ModuleNotFoundError(f"No module named {module!r}", name="ray")

    monkeypatch.setattr(engine, "import_module", missing)
    with pytest.raises(UsageError, match=r"pip install 'neuron-playground\[ray\]'"):
        engine_named("ray")
