"""One table of settings, each described, each settable in the environment, each with bounds."""

import math
from typing import Any, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from app.errors import UsageError
from app.machine_names import is_origin, machine_name
from app.settings import Settings, cores, words
from app.web.server import settings_from

FIELDS = Settings.model_fields
NUMBERS = [name for name, field in FIELDS.items() if field.annotation in (int, float)]
BOUNDS = {name: field for name, field in Settings.model_json_schema()["properties"].items() if name in NUMBERS}
HOSTILE = (
    "inf", "-inf", "Infinity", "nan", "NaN", "1e999", "-1e999", "1e308", "1e-320", "5e-324", "-1", "-0.0", "0", "1e3",
    "0x10", "1_000", "９", "1,5", "1;2", "99999999999999999999", "9" * 5000, "", " ", "\n", "\t", "x", "*", "null",
    "true", "[]", "{}", "[1]", '{"a": 1}', "../..", "//", "/a/../b", "a b", "a\0b", "http://", "é", "\ud800", "%00",
    "<script>", "'; drop", "${HOME}", "own,,null", ",,,", "example.org/evil", "[::1]", "x" * 100_000,
)  # fmt: skip


def test_every_setting_has_a_default_and_a_sentence() -> None:
    assert len(FIELDS) > 40
    assert [name for name, field in FIELDS.items() if field.is_required()] == []
    assert [name for name, field in FIELDS.items() if not (field.description or "").endswith(".")] == []


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


def test_every_number_has_both_bounds() -> None:
    assert len(NUMBERS) > 40
    for name in NUMBERS:
        bounds = BOUNDS[name]
        assert {"minimum", "exclusiveMinimum"} & bounds.keys(), name
        assert "maximum" in bounds, name
        assert all(math.isfinite(bounds[key]) for key in ("minimum", "maximum") if key in bounds), name


def outcome(name: str, value: object) -> tuple[Any, str]:
    """What the setting is then, or how it is refused."""
    try:
        return getattr(settings_from(**{name: value}), name), ""
    except UsageError as error:
        return None, str(error)


def check(name: str, value: object) -> None:
    """Whatever a setting is set to, it is refused in one sentence that names it, or within its bounds."""
    kept, refusal = outcome(name, value)
    if refusal:
        assert name in refusal
        assert len(refusal) < 500
        assert refusal.isprintable()
        return
    field = FIELDS[name]
    if name in NUMBERS:
        assert type(kept) is field.annotation
        assert math.isfinite(kept)
        assert BOUNDS[name]["minimum"] <= kept <= BOUNDS[name]["maximum"]
    elif name == "assets":
        assert kept is None or kept.is_dir()
    elif get_origin(field.annotation) is not None:
        assert kept in get_args(field.annotation)
    elif field.annotation is bool:
        assert kept in (True, False)
    else:
        assert is_well_formed(name, kept)


def is_well_formed(name: str, text: str) -> bool:
    """What the few settings that are text may hold."""
    if name in ("host", "root_path"):
        return text.isascii() and not any(sign in text for sign in " \t\n\0<>'\"?#@") and "/.." not in text
    if name == "names":
        return all(word == "*" or machine_name(word) is not None for word in words(text))
    if name == "origins":
        return all(word in ("*", "own", "null") or is_origin(word) for word in words(text))
    return all(word == "*" or not word.strip("0123456789abcdef.:/") for word in words(text))


@pytest.mark.parametrize("name", FIELDS)
def test_a_hostile_value_is_refused_in_one_sentence_or_within_bounds(name: str) -> None:
    for value in (*HOSTILE, math.inf, -math.inf, math.nan, 10**400, None, [], {}, object()):
        if value is not None:
            check(name, value)


@given(name=st.sampled_from(sorted(FIELDS)), value=st.one_of(st.text(), st.floats(), st.integers(), st.booleans()))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_value_is_refused_in_one_sentence_or_within_bounds(name: str, value: Any) -> None:
    check(name, value)


@pytest.mark.parametrize("name", [name for name in NUMBERS if FIELDS[name].annotation is float])
def test_no_number_is_without_end(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("inf", "nan", "1e999"):
        monkeypatch.setenv(f"NEURON_PLAYGROUND_{name.upper()}", value)
        with pytest.raises(UsageError, match=f"the setting {name} must be a finite number, not '"):
            settings_from()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("names", "example.org/evil"),
        ("names", "example.org:8000"),
        ("names", "https://example.org"),
        ("origins", "https://example.org/"),
        ("origins", "example.org"),
        ("proxies", "10.0.0.1/8"),
        ("proxies", "proxy.example"),
        ("root_path", "/a//b"),
        ("root_path", "a"),
        ("root_path", "/.."),
        ("host", ""),
        ("host", "a b"),
    ],
)
def test_a_text_that_could_never_work_is_refused(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"the setting {name} must .*, not "):
        settings_from(**{name: value})


def test_texts_that_work() -> None:
    Settings(names="example.org, [::1], *, 192.0.2.1", origins="own, null, https://example.org:444", host="::1")
    Settings(proxies="10.0.0.0/8, ::1, *", root_path="/neurons/a-b_c.d~e")


def test_there_is_one_host_per_core_unless_set() -> None:
    assert Settings(hosts=0).host_count() == cores()
    assert Settings(hosts=3).host_count() == 3


@pytest.mark.parametrize(("hosts", "room"), [(1, 238_183_820), (2, 86_591_910), (8, 8_000_000)])
def test_a_container_of_512_mb_is_shared_out(monkeypatch: pytest.MonkeyPatch, hosts: int, room: int) -> None:
    """Nine tenths of 512 MiB, less 180 MB for the web process and 65 MB for each that trains."""
    monkeypatch.setattr("app.machine.memory_bytes", lambda: 512 * 2**20)
    assert Settings(hosts=hosts).host_room() == room
    assert Settings(hosts=hosts, host_bytes=10_000_000).host_room() == 10_000_000


def test_a_session_never_gets_more_than_its_host_has() -> None:
    assert Settings(session_bytes=30_000_000, host_bytes=20_000_000).session_room() == 20_000_000
    assert Settings(session_bytes=10_000_000, host_bytes=20_000_000).session_room() == 10_000_000
