"""How well against how large: a mark with its interval for each combination, and the front that none beats, as SVG.

Colours are by the first setting that is varied and of which there are few; they stay apart for the colour-blind, and
each has a shape of its own. Not here: the whole page (`study_report`).
"""

import math
from collections.abc import Callable, Sequence
from html import escape

from app.reports.words import href, interval_text, name_of, number, score_name, value_text
from nncore.study.summary import Summary

WIDTH, HEIGHT = 860, 440
LEFT, RIGHT, TOP, BOTTOM = 66, 24, 16, 48

MOST_COLOURS = 8

SHAPES: tuple[str, ...] = (
    "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z",
    "M-4.5 -4.5H4.5V4.5H-4.5Z",
    "M0 -6L5.6 4.4H-5.6Z",
    "M0 -6L6 0L0 6L-6 0Z",
    "M0 6L5.6 -4.4H-5.6Z",
    "M-6 -2H-2V-6H2V-2H6V2H2V6H-2V2H-6Z",
    "M0 -6L6 -1L3.5 5.5H-3.5L-6 -1Z",
    "M-6 -3L-3 -6L0 -3L3 -6L6 -3L3 0L6 3L3 6L0 3L-3 6L-6 3L-3 0Z",
)


def chart(found: Sequence[Summary], front: Sequence[Summary], server: str) -> str:
    """The markup: a legend, where there is something to tell apart, and the picture. All are scored by one figure."""
    shown = [one for one in found if math.isfinite(one.score)]
    if not shown:
        return "<p>No run has a score to draw.</p>"
    scored_by = shown[0].scored_by
    x = _log_axis([one.parameters for one in shown], LEFT, WIDTH - RIGHT)
    y, ticks = _score_axis(shown, scored_by)
    path, groups = _groups(shown)
    marks = "".join(_mark(one, x, y, groups[_key(one, path)], server) for one in shown)
    label = f"{score_name(scored_by)} against parameters"
    return (
        f'{_legend(path, groups)}<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="{label}">'
        f"{_x_ticks([one.parameters for one in shown], x)}{_y_ticks(y, ticks)}"
        f'<text class="axis" x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}">parameters</text>'
        f'<text class="axis" transform="translate(16 {(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)">'
        f"{score_name(scored_by)}</text>"
        f"{_front_line(front, x, y)}{marks}</svg>"
    )


def _log_axis(values: Sequence[float], start: float, end: float) -> Callable[[float], float]:
    low, high = (math.log10(end) for end in (max(1, min(values)), max([1, *values])))
    low, high = low - 0.06 * (high - low) - 0.02, high + 0.06 * (high - low) + 0.02
    return lambda value: start + (math.log10(max(1, value)) - low) / (high - low) * (end - start)


def _score_axis(shown: Sequence[Summary], scored_by: str) -> tuple[Callable[[float], float], list[float]]:
    ends = [end for one in shown for end in (*one.score_interval, one.score)]
    low, high = min(ends), max(ends)
    if scored_by.endswith("accuracy"):
        low, high = min(low, 0.95), 1.0
    room = (high - low) * 0.05 or 0.05
    low, high = low - room, high + room
    step = _nice((high - low) / 5)
    ticks = [index * step for index in range(math.ceil(low / step), math.floor(high / step + 1e-9) + 1)]
    bottom = HEIGHT - BOTTOM
    return lambda value: bottom - (value - low) / (high - low) * (bottom - TOP), ticks


def _nice(step: float) -> float:
    power: float = 10.0 ** math.floor(math.log10(step))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= step * 0.999)


def _x_ticks(values: Sequence[int], x: Callable[[float], float]) -> str:
    low, high = min(values), max(values)
    first = math.floor(math.log10(max(1, low)))
    decades = range(first, math.ceil(math.log10(max(10, high))) + 1)
    places = [factor * 10**power for power in decades for factor in (1, 2, 5)]
    inside = [place for place in places if LEFT <= x(place) <= WIDTH - RIGHT] or [low]
    return "".join(
        f'<path class="grid" d="M{x(place):.1f} {TOP}V{HEIGHT - BOTTOM}"/>'
        f'<text class="tick" x="{x(place):.1f}" y="{HEIGHT - BOTTOM + 18}">{place:,}</text>'
        for place in inside
    )


def _y_ticks(y: Callable[[float], float], ticks: Sequence[float]) -> str:
    return "".join(
        f'<path class="grid" d="M{LEFT} {y(tick):.1f}H{WIDTH - RIGHT}"/>'
        f'<text class="tick end" x="{LEFT - 8}" y="{y(tick) + 4:.1f}">{tick:.3g}</text>'
        for tick in ticks
    )


def _groups(shown: Sequence[Summary]) -> tuple[str | None, dict[str, int]]:
    """The setting that is told apart by colour, and which colour each of its values has."""
    for place, (path, _) in enumerate(shown[0].values):
        texts = list(dict.fromkeys(value_text(one.values[place][1]) for one in shown))
        if 1 < len(texts) <= MOST_COLOURS:
            return path, {text: index for index, text in enumerate(texts)}
    return None, {"": 0}


def _key(one: Summary, path: str | None) -> str:
    return "" if path is None else value_text(dict(one.values)[path])


def _legend(path: str | None, groups: dict[str, int]) -> str:
    if path is None:
        return ""
    items = "".join(
        f'<li><svg viewBox="-8 -8 16 16" aria-hidden="true"><path class="c{index}" d="{SHAPES[index]}"/></svg>'
        f"{escape(text)}</li>"
        for text, index in groups.items()
    )
    return f'<ul class="legend"><li>{escape(path)}</li>{items}</ul>'


def _mark(one: Summary, x: Callable[[float], float], y: Callable[[float], float], colour: int, server: str) -> str:
    at, low, high = x(one.parameters), y(one.score_interval.low), y(one.score_interval.high)
    title = (
        f"{name_of(one)}: {score_name(one.scored_by)} {number(one.score)} ({interval_text(one.score_interval)}), "
        f"solved {one.solved} of {one.runs - one.failed}, {one.parameters:,} parameters"
    )
    drawn = (
        f'<path class="bar c{colour}" d="M{at:.1f} {low:.1f}V{high:.1f}"/>'
        f'<path class="c{colour}" transform="translate({at:.1f} {y(one.score):.1f})" d="{SHAPES[colour]}"/>'
        f"<title>{escape(title)}</title>"
    )
    address = href(server, one.best.get("link"))
    if address is None:
        return f"<g>{drawn}</g>"
    return f'<a href="{escape(address)}" aria-label="{escape(title)}">{drawn}</a>'


def _front_line(front: Sequence[Summary], x: Callable[[float], float], y: Callable[[float], float]) -> str:
    """Steps: up to the next one, the smaller is the best there is."""
    if not front:
        return ""
    steps = "".join(f"H{x(one.parameters):.1f}V{y(one.score):.1f}" for one in front[1:])
    start = f"M{x(front[0].parameters):.1f} {y(front[0].score):.1f}"
    return f'<path class="front" d="{start}{steps}H{WIDTH - RIGHT}"/>'
