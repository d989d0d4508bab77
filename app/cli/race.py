"""A race without a page: two to six experiments, each over many seeds, and what may be concluded from that.

Progress goes to stderr, the outcome as a table or JSON to stdout; Ctrl-C ends it and keeps what there is. Not here: how
runs are repeated (`nncore.study.repeats`), what the figures mean (`nncore.study.statistics`), nor how a race's link is
written (`app.links.race_link`).
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from app.cli.train import config_from, read_given
from app.errors import UsageError
from app.links import link, race_link, tensorflow_playground
from app.links.race_link import EPOCHS, LANES, SEEDS, SOLVED, RaceLink
from nncore.config import Config
from nncore.errors import InputError
from nncore.size import size_of
from nncore.study.budget import budgeted
from nncore.study.repeats import Outcome, Repeats, fresh_seeds
from nncore.study.standing import Standing, beats, finite, standing

BATCHES = 25
"""A lane trains on so many batches before it is the next one's turn."""

Json = dict[str, Any]


def race_of(
    links: Sequence[str],
    *,
    epochs: int | None = None,
    seeds: int | None = None,
    bar: float | None = None,
    fresh_data: bool = False,
    budget: str | None = None,
) -> RaceLink:
    """The race that is asked for: one race's link, or an experiment a lane. Options go before what a link says.

    Raises UsageError with one sentence.
    """
    try:
        race = race_link.read(links[0]) if len(links) == 1 else race_link.race_of([_lane(text) for text in links])
        if budget is not None:
            race = _budgeted(race, budget)
        race_link.check_tasks(race.lanes, "{name}.data")
        given = ((EPOCHS, epochs), (SEEDS, seeds), (SOLVED, bar))
        changed: Json = {knob.name: knob.check(value, f"--{knob.name}") for knob, value in given if value is not None}
    except InputError as error:
        raise UsageError(str(error)) from None
    return replace(race, **changed, fresh="data" if fresh_data else race.fresh)


def run(race: RaceLink) -> tuple[list[Standing], bool]:
    """How every lane stands at the end, and whether it was stopped before by Ctrl-C."""
    lanes = [
        Repeats(config, fresh_seeds(config, race.seeds, data=race.fresh == "data"), race.epochs, bar=race.bar)
        for config in race.lanes
    ]
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    stopped = False
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        tasks = [progress.add_task(f"lane {name}", total=1.0) for name, _ in zip(LANES, lanes, strict=False)]
        try:
            while not all(lane.done for lane in lanes):
                for task, lane in zip(tasks, lanes, strict=True):
                    lane.advance(BATCHES)
                    progress.update(task, completed=lane.progress)
        except KeyboardInterrupt:
            stopped = True
    names = zip(LANES, race.lanes, lanes, strict=False)
    return [standing(name, config, lane.outcomes(), race.epochs) for name, config, lane in names], stopped


def report(race: RaceLink, standings: Sequence[Standing], *, stopped: bool, as_json: bool) -> str:
    """What came out, as JSON or as a table with sentences."""
    if as_json:
        return json.dumps(_outcome(race, standings, stopped), allow_nan=False)
    return "\n".join([*_heading(race, standings, stopped), "", *_table(standings), *_comparison(standings)])


def _lane(text: str) -> Config:
    if text.endswith(".json") and "=" not in text:
        path = Path(text)
        return config_from(read_given(path), path)
    try:
        return tensorflow_playground.read(text).config
    except InputError as error:
        raise UsageError(f"{text[:100]}: {error}") from None


def _budgeted(race: RaceLink, text: str) -> RaceLink:
    budget = race_link.read_budget(text)
    lanes = race.lanes if budget is None else race_link.meeting(race.lanes, budget)
    return replace(race, lanes=lanes, budget=budget)


def _heading(race: RaceLink, standings: Sequence[Standing], stopped: bool) -> list[str]:
    differ = race_link.differences(race.lanes)
    runs = f"{race.seeds} seeds a lane, {race.epochs} epochs, solved from a test accuracy of {race.bar:g} on"
    if stopped:
        reached = ", ".join(f"{one.name} {_reached(one.outcomes)}" for one in standings)
        runs = f"stopped early ({reached}); {runs}"
    fresh = "the points, too, are fresh" if race.fresh == "data" else "all on the same points"
    named = f"the lanes differ in {', '.join(differ)}" if differ else "the lanes do not differ"
    lines = [f"{runs}, {fresh}; {named}."]
    if race.budget is not None:
        lines.append(f"Budget: {_near(race)}.")
    return lines


def _reached(outcomes: Sequence[Outcome]) -> str:
    return f"at epoch {max(outcome.epoch for outcome in outcomes)}" if outcomes else "not begun"


def _near(race: RaceLink) -> str:
    """How near each lane comes to the budget."""
    assert race.budget is not None
    found = [budgeted(config, *race.budget) for config in race.lanes]
    words = (
        f"{name} {one.said}{'' if one.is_near else ' (no width is nearer)'}"
        for name, one in zip(LANES, found, strict=False)
    )
    return f"{race.budget[0].replace('_', '-')}, {', '.join(words)}"


def _table(standings: Sequence[Standing]) -> list[str]:
    words = {"test_accuracy": "test accuracy", "test_loss": "test loss"}
    kinds = " / ".join(dict.fromkeys(words[standing.scored_by] for standing in standings))
    head = ("lane", "neurons", "solved (95 %)", f"{kinds}, middle half (95 %)", "median epochs", "parameters")
    rows = [(*head, "multiply-adds", "diverged"), *(_row(standing) for standing in standings)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _row(standing: Standing) -> tuple[str, ...]:
    low, high = standing.solved_share
    products = "-" if standing.config.forest is not None else f"{size_of(standing.config).cost.multiply_adds:,}"
    score = "-"
    if np.isfinite(standing.score):
        score = "{:.3f} ({:.3f} to {:.3f})".format(standing.score, *standing.score_interval)
    return (
        standing.name,
        _neurons(standing.config),
        f"{standing.solved} of {len(standing.outcomes)} ({low:.0%} to {high:.0%})"
        if standing.scored_by == "test_accuracy"
        else "-",
        score,
        "not reached" if standing.median_epochs is None else f"{standing.median_epochs:g}",
        f"{standing.parameters:,}",
        products,
        str(standing.diverged),
    )


def _neurons(config: Config) -> str:
    """``8,8 quadratic``: widths and kinds of the hidden layers, or the output's kind where there are none."""
    if config.forest is not None:
        return f"forest, {config.forest.forests} a level"
    if not config.layers:
        return f"{config.output.neuron.name}, no hidden layer"
    kinds = dict.fromkeys(layer.neuron.name for layer in config.layers)
    return f"{','.join(str(layer.units) for layer in config.layers)} {','.join(kinds)}"


def _comparison(standings: Sequence[Standing]) -> list[str]:
    chance = beats(standings)
    if chance is None:
        return []
    return ["", f"A run of lane a is better than one of lane b with probability {chance:.2f} (ties as half)."]


def _outcome(race: RaceLink, standings: Sequence[Standing], stopped: bool) -> Json:
    return {
        "link": race_link.write(race),
        "epochs": race.epochs,
        "seeds": race.seeds,
        "bar": race.bar,
        "fresh": race.fresh,
        "budget": None if race.budget is None else {"measure": race.budget[0], "target": race.budget[1]},
        "stopped": stopped,
        "differences": list(race_link.differences(race.lanes)),
        "lanes": [_lane_json(standing) for standing in standings],
        "a_beats_b": beats(standings),
    }


def _lane_json(one: Standing) -> Json:
    return one.to_json() | {
        "link": link.write(one.config),
        "runs": [_run_json(one.config, outcome) for outcome in one.outcomes],
    }


def _run_json(config: Config, outcome: Outcome) -> Json:
    diverged = outcome.diverged
    return {
        "link": link.write(replace(config, seeds=outcome.seeds)),
        "data_seed": outcome.seeds.data,
        "run_seed": outcome.seeds.run,
        "epoch": outcome.epoch,
        "solved_epoch": outcome.solved_epoch,
        "loss": {"train": finite(outcome.train_loss), "test": finite(outcome.test_loss)},
        "accuracy": {"train": outcome.train_accuracy, "test": outcome.test_accuracy},
        "diverged": None if diverged is None else {"epoch": diverged.epoch, "layer": diverged.layer},
    }
