"""Whatever comes from outside is read within the server's limits, and refused by the name of what exceeds them."""

from typing import Any

import pytest

from app.links.limits import check_lanes, check_limits, check_target, load_checkpoint, read_link
from app.settings import Settings
from nncore import snapshot
from nncore.config import Config
from nncore.errors import OutOfRange
from nncore.trainer import Trainer

SETTINGS = Settings(layers=2, units=4, points=100, classes=3, replay_epochs=50)
SMALL: dict[str, Any] = {"layers": [{"units": 3}], "data": {"name": "xor", "count": 50}}


def saved(config: dict[str, Any]) -> bytes:
    return snapshot.save(Trainer(Config.from_json(config)))


def test_a_checkpoint_larger_than_the_limits_is_refused_before_it_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(SMALL | {"layers": [{"units": 9}]})
    monkeypatch.setattr(snapshot, "load", None)
    with pytest.raises(OutOfRange) as refused:
        load_checkpoint(data, None, SETTINGS)
    assert refused.value.path == "config.layers[0].units"


def test_a_checkpoint_within_the_limits_takes_changes_from_its_config() -> None:
    trainer = load_checkpoint(saved(SMALL), Config.from_json(SMALL | {"batch": 7}), SETTINGS)
    assert trainer.config.batch == 7


@pytest.mark.parametrize(
    ("link", "path"),
    [("layers=5", "layers"), ("layers=2&count=101", "count"), ("layers=2&count=50&epochs=51", "epochs")],
)
def test_a_link_beyond_the_limits_is_refused_by_its_key(link: str, path: str) -> None:
    with pytest.raises(OutOfRange, match="on this server") as refused:
        read_link(link, SETTINGS)
    assert refused.value.path == path


def test_what_is_just_within_the_limits_is_taken() -> None:
    check_limits(Config.from_json({"layers": [{"units": 4}] * 2, "data": {"name": "xor", "count": 100}}), SETTINGS, "")
    check_target(50, SETTINGS)


LARGEST = "data=moons&count=2000&train=0.9&layers=16,16,16,16,16,16&neuron=kan:grid:20:order:5&batch=10000"


def test_more_memory_than_a_session_may_take_is_refused_by_the_key_that_asks_for_it() -> None:
    settings = Settings(host_bytes=64_000_000)
    with pytest.raises(
        OutOfRange, match="64 MB that a session may use on this server, most of it for the batch"
    ) as refused:
        read_link(LARGEST, settings)
    assert refused.value.path == "batch"
    link = read_link(LARGEST.replace("batch=10000", "batch=10"), settings)
    data = snapshot.save(Trainer(link.config))
    assert load_checkpoint(data, None, settings).epoch == 0
    with pytest.raises(OutOfRange, match="most of it for the points"):
        load_checkpoint(data, None, Settings(session_bytes=10_000_000, host_bytes=64_000_000))


@pytest.mark.parametrize(
    ("config", "path"),
    [
        ({"forest": {"levels": 3}}, "forest.levels"),
        ({"forest": {"levels": 2, "random": 4}}, "forest"),
        ({"data": {"name": "rings", "count": 50}, "forest": {"levels": 2}}, "forest"),
    ],
)
def test_a_forest_has_no_more_levels_than_layers_and_surfaces_than_units(config: dict[str, Any], path: str) -> None:
    small = {"data": {"name": "xor", "count": 50}, **config}
    with pytest.raises(OutOfRange) as refused:
        check_limits(Config.from_json(small), SETTINGS, "")
    assert refused.value.path == path


def test_a_forest_that_could_grow_beyond_the_memory_is_refused() -> None:
    config = Config.from_json({"data": {"name": "xor", "count": 2000}, "forest": {"trees": 100}})
    with pytest.raises(OutOfRange, match=r"could grow to .* use fewer or less deep trees") as refused:
        check_limits(config, Settings(), "")
    assert refused.value.path == "forest"
    for forest, count in (({"tree_depth": 5}, 2000), ({}, 500)):
        config = Config.from_json({"data": {"name": "xor", "count": count}, "forest": forest})
        check_limits(config, Settings(), "")


def test_a_race_takes_no_forest_yet() -> None:
    with pytest.raises(OutOfRange, match="cannot race yet") as refused:
        check_lanes([Config(), Config.from_json({"forest": {}})], Settings())
    assert refused.value.path == "lanes.b.forest"
