"""Every way a message can be wrong gives one clear sentence, with a code and a path."""

import json
from typing import Any

import pytest

from app.live import commands
from app.live.commands import Ack, Ask, Change, Command, Edit, Open, Speed, Step, View, parse
from app.live.events import Refused
from nncore.errors import InputError

LIMIT = 1000

REFUSED: list[tuple[str, str, str, str]] = [
    # the text, the code, the path, and words of the sentence
    ("[]", "type", "", "not a list"),
    ("{}", "missing", "type", "available: open, race, repeat, memory, dream"),
    ('{"type": 3}', "type", "type", "must be the name of a command, not 3"),
    ('{"type": null}', "type", "type", "not null"),
    ('{"type": "plya"}', "unknown", "type", "did you mean 'play'"),
    ('{"type": "play", "speed": 3}', "extra", "speed", "none is needed here"),
    ('{"type": "step", "epoch": 3}', "extra", "epoch", "available: epochs"),
    ('{"type": "step", "epochs": 0}', "range", "epochs", "must be at least 1, not 0"),
    ('{"type": "step", "epochs": 1001}', "range", "epochs", "must be at most 1000, not 1001"),
    ('{"type": "step", "epochs": false}', "type", "epochs", "must be a whole number, not false"),
    ('{"type": "step", "epochs": 1.5}', "type", "epochs", "must be a whole number, not 1.5"),
    ('{"type": "step", "epochs": "3"}', "type", "epochs", "not '3'"),
    ('{"type": "step", "epochs": null}', "type", "epochs", "not null"),
    ('{"type": "step", "epochs": 1' + "0" * 900 + "}", "range", "epochs", "must be at most 1000"),
    ('{"type": "speed"}', "missing", "epochs_per_second", "is required"),
    ('{"type": "speed", "epochs_per_second": 0}', "range", "epochs_per_second", "must be more than 0, not 0"),
    ('{"type": "speed", "epochs_per_second": true}', "type", "epochs_per_second", "must be a number, not true"),
    ('{"type": "speed", "epochs_per_second": 1' + "0" * 900 + "}", "type", "epochs_per_second", "must be a number"),
    ('{"type": "open", "config": []}', "type", "config", "must be an object, not a list"),
    ('{"type": "open", "checkpoint": 3}', "type", "checkpoint", "must be a text, not 3"),
    ('{"type": "open", "play": 1}', "type", "play", "must be true or false, not 1"),
    ('{"type": "open", "view": {"visible": 0}}', "type", "view.visible", "must be true or false, not 0"),
    ('{"type": "open", "view": {"inspect": 3}}', "type", "view.inspect", "must be an object, not 3"),
    ('{"type": "open", "view": {"pixels": 3}}', "extra", "view.pixels", "available: unit_pixels, output_pixels"),
    ('{"type": "view", "inspect": {"layer": 0}}', "missing", "inspect.unit", "is required"),
    ('{"type": "view", "inspect": {"layer": -1, "unit": 0}}', "range", "inspect.layer", "must be at least 0, not -1"),
    ('{"type": "view", "inspect": {"layer": 0, "unit": 0, "x": 1}}', "extra", "inspect.x", "available: layer, unit"),
    ('{"type": "view", "unit_pixels": null}', "type", "unit_pixels", "must be a whole number, not null"),
    ('{"type": "change", "path": "batch"}', "missing", "value", "is required"),
    ('{"type": "change", "path": 1, "value": 1}', "type", "path", "must be a text, not 1"),
    ('{"type": "edit", "layer": 0, "param": "W", "index": [0, "1"], "value": 1}', "type", "index[1]", "whole number"),
    ('{"type": "edit", "layer": 0, "param": "W", "index": 0, "value": 1}', "type", "index", "must be a list, not 0"),
    ('{"type": "edit", "layer": 0, "param": "W", "index": [1, 2], "value": null}', "type", "value", "not null"),
    ('{"type": "edit", "layer": 0, "param": "W", "index": [1, 1, 1, 1, 1], "value": 1}', "type", "index", "fewer"),
    ('{"type": "ask", "id": 1}', "missing", "what", "is required"),
    ('{"type": "ask", "what": "trace", "point": [0, 0]}', "missing", "id", "is required"),
    ('{"type": "ask", "id": 1, "what": "trce"}', "unknown", "what", "did you mean 'trace'"),
    ('{"type": "ask", "id": 1, "what": "trace"}', "missing", "point", "is required to ask for trace"),
    ('{"type": "ask", "id": 1, "what": "trace", "point": [1]}', "type", "point", "a list of more numbers"),
    ('{"type": "ask", "id": 1, "what": "unit", "layer": 0}', "missing", "unit", "is required to ask for unit"),
    ('{"type": "ask", "id": 1, "what": "gradcheck", "layer": 0}', "extra", "layer", "available: id, what"),
    ('{"type": "view", "lens": true}', "type", "lens", "must be an object, not true"),
    ('{"type": "view", "lens": {"pixel": 9}}', "extra", "lens.pixel", "available: pixels, lines, pairs"),
    ('{"type": "view", "lens": {"pairs": 3}}', "type", "lens.pairs", "must be a list, not 3"),
    ('{"type": "view", "lens": {"pairs": [{"layer": 0, "x": 1}]}}', "missing", "lens.pairs[0].y", "is required"),
    ('{"type": "view", "lens": {"pairs": [{"z": 1}]}}', "missing", "lens.pairs[0].layer", "is required"),
    (
        '{"type": "view", "lens": {"pairs": [{"layer": 0, "x": 1, "y": 2, "z": 3}]}}',
        "extra",
        "lens.pairs[0].z",
        "available: layer, x, y",
    ),
    ('{"type": "speed", "epochs_per_second": 1e308}', "range", "epochs_per_second", "must be at most 1000000"),
    ('{"type": "open", "config": {}, "speed": 1e308}', "range", "speed", "must be at most 1000000"),
    ('{"type": "ack", "frame": 1.0}', "type", "frame", "must be a whole number, not 1.0"),
]


@pytest.mark.parametrize(("text", "code", "path", "words"), REFUSED)
def test_a_wrong_message_is_refused_in_one_clear_sentence(text: str, code: str, path: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text, LIMIT)
    refused = Refused.of(caught.value, "x")
    assert (refused.code, refused.path) == (code, path)
    assert words in refused.message
    assert "\n" not in refused.message
    assert "Input should" not in refused.message, "that would be the library's sentence, not ours"


def test_an_unknown_command_lists_the_known_ones() -> None:
    with pytest.raises(InputError) as caught:
        parse('{"type": "dance"}', LIMIT)
    assert caught.value.known == tuple(commands.COMMANDS)


@pytest.mark.parametrize(
    ("message", "command"),
    [
        ({"type": "step"}, Step(epochs=1)),
        ({"type": "speed", "epochs_per_second": None}, Speed(epochs_per_second=None)),
        ({"type": "speed", "epochs_per_second": 5}, Speed(epochs_per_second=5.0)),
        (
            {"type": "change", "path": "optimizer", "value": {"name": "sgd"}},
            Change(path="optimizer", value={"name": "sgd"}),
        ),
        ({"type": "ack", "frame": 7}, Ack(frame=7)),
        (
            {"type": "edit", "layer": 1, "param": "W", "index": [0, 2], "value": 3},
            Edit(layer=1, param="W", index=[0, 2], value=3.0),
        ),
        ({"type": "ask", "id": 1, "what": "unit", "layer": 0, "unit": 2}, Ask(id=1, what="unit", layer=0, unit=2)),
        ({"type": "open", "config": {}}, Open(config={})),
    ],
)
def test_a_right_message_becomes_its_command(message: dict[str, Any], command: Command) -> None:
    assert parse(json.dumps(message), LIMIT) == (message["type"], command)


def test_a_view_tells_what_was_sent_from_what_was_left_out() -> None:
    _, command = parse('{"type": "view", "inspect": null, "visible": true}', LIMIT)
    assert isinstance(command, View)
    assert command.given() == {"visible": True, "inspect": None}


def test_every_command_is_known_by_its_name() -> None:
    names = (
        "open race repeat memory dream measure play pause reset step speed until change edit ask view checkpoint ack"
    )
    assert list(commands.COMMANDS) == [*names.split(), "ping"]
    classes = [kind for kind in vars(commands).values() if isinstance(kind, type) and issubclass(kind, Command)]
    assert set(commands.COMMANDS.values()) == {*classes} - {Command}


def test_a_refusal_names_the_command_as_far_as_it_can_be_told() -> None:
    assert commands.command_name('{"type": "step", "epochs": 0}') == "step"
    assert commands.command_name('{"type": "dance"}') == ""
    assert commands.command_name("[" * 100_000) == ""
    assert commands.command_name("[]") == commands.command_name("3") == commands.command_name("{") == ""
