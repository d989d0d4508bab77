"""How numbers, settings and links are written in a report.

Not here: where they stand (`cells`, `chart`, `heat_map`).
"""

import json
import math
from html import escape
from typing import Any

from nncore.study.statistics import Interval
from nncore.study.summary import Summary


def href(server: str, link: str | None) -> str | None:
    """Where a run opens; None where it has no link."""
    return None if link is None else f"{server.rstrip('/')}/?{link}"


def anchor(address: str | None, inside: str) -> str:
    """`inside`, which is markup, as a link, where there is an address."""
    return inside if address is None else f'<a href="{escape(address)}">{inside}</a>'


def value_text(value: Any) -> str:
    """A varied value, short: an entry by its name, with its knobs behind."""
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        knobs = [f"{name} {value_text(one)}" for name, one in value.items() if name != "name"]
        return f"{value['name']} ({', '.join(knobs)})" if knobs else value["name"]
    if isinstance(value, bool):
        return "on" if value else "off"
    text = f"{value:g}" if isinstance(value, float) else value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def name_of(summary: Summary) -> str:
    """The combination in words."""
    return ", ".join(f"{path} {value_text(value)}" for path, value in summary.values) or "the base"


def number(value: float) -> str:
    """Three digits, or a dash."""
    if not math.isfinite(value):
        return "–"
    return f"{value:.3f}" if abs(value) >= 0.001 or value == 0 else f"{value:.1e}"


def interval_text(interval: Interval) -> str:
    """Both ends."""
    return f"{number(interval.low)} to {number(interval.high)}"


def share_text(interval: Interval) -> str:
    """Both ends as percentages."""
    return f"{interval.low:.0%} to {interval.high:.0%}"


def score_name(scored_by: str) -> str:
    """``test_accuracy`` in words."""
    return scored_by.replace("_", " ")
