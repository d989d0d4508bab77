"""Two varied settings against each other: in each field how many runs solved it, whatever else was varied.

Where nothing can be solved, as in a regression, there is none. Not here: the whole page (`study_report`).
"""

from collections.abc import Sequence
from html import escape

from app.reports.words import anchor, href, name_of, value_text
from nncore.study.summary import Summary

MOST = 40
"""Values of a setting beyond which fields would be too small to read."""


def heat_map(found: Sequence[Summary], paths: Sequence[str]) -> tuple[str, str] | None:
    """The two settings that are drawn: the first two with several values, and not too many."""
    several = [
        path for place, path in enumerate(paths) if 1 < len({value_text(one.values[place][1]) for one in found}) <= MOST
    ]
    graded = any(one.scored_by.endswith("accuracy") for one in found)
    return (several[0], several[1]) if len(several) > 1 and graded else None


def drawn(found: Sequence[Summary], across: str, down: str, server: str) -> str:
    """The map as a table: `across` along the top."""
    fields: dict[tuple[str, str], list[Summary]] = {}
    for one in found:
        values = dict(one.values)
        fields.setdefault((value_text(values[down]), value_text(values[across])), []).append(one)
    rows = list(dict.fromkeys(row for row, _ in fields))
    columns = list(dict.fromkeys(column for _, column in fields))
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(row)}</th>'
        + "".join(_field(fields.get((row, column), []), server) for column in columns)
        + "</tr>"
        for row in rows
    )
    return (
        f'<table class="heat"><thead><tr><td>{escape(down)} ↓&ensp;{escape(across)} →</td>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _field(here: Sequence[Summary], server: str) -> str:
    trained = sum(one.runs - one.failed for one in here)
    if not trained:
        return "<td>–</td>"
    solved = sum(one.solved for one in here)
    best = max(here, key=lambda one: (one.solved, one.merit))
    link = anchor(href(server, best.best.get("link")), f"{solved}/{trained}")
    share = solved / trained
    dark = " class=dark" if share > 0.55 else ""
    return f'<td{dark} style="--share:{share:.3f}" title="{escape(name_of(best))}">{link}</td>'
