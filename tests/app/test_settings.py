"""One table of settings, each described, each settable in the environment, each with bounds."""

import pytest
from pydantic import ValidationError

from app.settings import Settings, cores


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_has_a_default_and_a_sentence(name: str) -> None:
    field = Settings.model_fields[name]
    assert not field.is_required()
    assert field.description is not None
    assert field.description.endswith(".")


def test_the_environment_sets_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEURON_PLAYGROUND_PORT", "9000")
    assert Settings().port == 9000


def test_what_is_given_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEURON_PLAYGROUND_PORT", "9000")
    assert Settings(port=9001).port == 9001


def test_settings_survive_the_way_to_a_host_whatever_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = Settings(units=4, checkpoint_seconds=0.5).model_dump_json()
    monkeypatch.setenv("NEURON_PLAYGROUND_UNITS", "8")
    assert Settings.model_validate_json(sent).units == 4


def test_a_setting_out_of_its_bounds_is_refused() -> None:
    with pytest.raises(ValidationError, match="port"):
        Settings(port=70_000)


def test_there_is_one_host_per_core_unless_set() -> None:
    assert Settings(hosts=0).host_count() == cores()
    assert Settings(hosts=3).host_count() == 3
