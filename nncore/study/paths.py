"""One setting of a Config by its path, as errors name it: ``data.noise``, ``layers[0].units``, ``optimizer.momentum``.

``layers.units`` is that of every hidden layer. Not here: which values it takes (`grid`), nor whether the Config then
holds (`nncore.config`).
"""

import re
from collections.abc import Sequence
from typing import Any

from nncore.config import Data, Json
from nncore.errors import nearest
from nncore.study.bad_study import BadStudy

Step = str | int

_PATH = re.compile(r"[a-z_0-9]+(\[\d+\])?(\.[a-z_0-9]+(\[\d+\])?)*")
_STEP = re.compile(r"[a-z_0-9]+(?!\])|\d+")


def with_value(data: Json, path: str, value: Any) -> Json:
    """`data`, a whole Config as JSON, with what stands at `path` replaced; nothing else is copied.

    Raises BadStudy for a path that leads nowhere.
    """
    if not _PATH.fullmatch(path):
        raise BadStudy(f"vary.{path[:60]}", "is no path of a Config, such as data.noise or layers[0].units")
    steps: list[Step] = [int(step) if step.isdigit() else step for step in _STEP.findall(path)]
    if steps == ["data"] and isinstance(value, str):
        steps = ["data", "name"]
    if steps == ["data", "name"] and value != data["data"].get("name"):
        # Another dataset has other knobs; how many points, and how noisy, goes on to hold.
        return {**data, "data": {"name": value, **{name: data["data"][name] for name in Data.shared}}}
    if steps == ["forest"] and value not in (None, False):
        # What only means something for a network stays behind.
        return {**{name: data[name] for name in ("data", "features", "seeds")}, "forest": value}
    result: Json = _replaced(data, steps, value, path)
    return result


def _replaced(data: Any, steps: Sequence[Step], value: Any, path: str) -> Any:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(data, list):
        return _in_list(data, step, rest, value, path)
    if isinstance(data, str) and rest == []:
        # An entry by its name alone gets a knob.
        data = {"name": data}
    if not isinstance(data, dict) or isinstance(step, int):
        raise BadStudy(f"vary.{path}", "leads nowhere: there is nothing inside of that setting")
    if step not in data and rest:
        near = nearest(step, data)
        told = f"did you mean {near}?" if near else f"known are {', '.join(data)}"
        raise BadStudy(f"vary.{path}", f"leads nowhere: there is no {step} here; {told}")
    if step == "name" and not rest and data.get("name") != value:
        return {"name": value}
    return {**data, step: _replaced(data.get(step), rest, value, path)}


def _in_list(data: list[Any], step: Step, rest: Sequence[Step], value: Any, path: str) -> list[Any]:
    if not data:
        raise BadStudy(f"vary.{path}", "leads nowhere: the base has no hidden layer")
    if not isinstance(step, int):
        return [_replaced(each, [step, *rest], value, path) for each in data]
    if step >= len(data):
        raise BadStudy(f"vary.{path}", f"leads nowhere: the list there has {len(data)} elements, counted from 0")
    return [_replaced(each, rest, value, path) if index == step else each for index, each in enumerate(data)]
