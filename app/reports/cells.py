"""The table of a report: a line for each combination, with everything that may be concluded; each opens its best run.

Not here: the whole page (`study_report`).
"""

from collections.abc import Sequence
from html import escape

from app.reports.words import anchor, href, interval_text, number, score_name, share_text, value_text
from nncore.study.summary import Summary

Line = list[tuple[str, str, float | None]]
"""For each cell its markup, its class, and what it is sorted by if not by its text."""


def table(found: Sequence[Summary], paths: Sequence[str], front: Sequence[Summary], server: str) -> str:
    """The markup. Lines of the Pareto front are marked."""
    names = " / ".join(dict.fromkeys(score_name(one.scored_by) for one in found))
    heads = (
        *paths,
        "parameters",
        "multiply-adds",
        "solved",
        "95 %",
        names,
        "95 %",
        "median epochs",
        "diverged",
        "failed",
    )
    head = "".join(f'<th scope="col"><button type="button">{escape(name)}</button></th>' for name in heads)
    on_front = {id(one) for one in front}
    lines = "".join(
        f"<tr{' class=front' if id(one) in on_front else ''}>{_cells(_line(one, server))}</tr>" for one in found
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _line(one: Summary, server: str) -> Line:
    varied: Line = [
        (escape(value_text(value)), "", float(value) if isinstance(value, int | float) else None)
        for _, value in one.values
    ]
    score = anchor(href(server, one.best.get("link")), number(one.score))
    trained = one.runs - one.failed
    return [
        *varied,
        (f"{one.parameters:,}", "n", one.parameters),
        ("–" if one.multiply_adds is None else f"{one.multiply_adds:,}", "n", one.multiply_adds),
        (f"{one.solved} of {trained}", "n", one.solved / trained if trained else -1),
        (share_text(one.solved_share), "n soft", one.solved_share.low),
        (score, "n", one.score if one.score == one.score else -1),
        (interval_text(one.score_interval), "n soft", one.score_interval.low),
        ("–" if one.median_epochs is None else f"{one.median_epochs:g}", "n", one.median_epochs or 10**9),
        (f"{one.diverged}", "n", one.diverged),
        (f"{one.failed}", "n", one.failed),
    ]


def _cells(line: Line) -> str:
    texts = []
    for markup, kind, key in line:
        sort = "" if key is None else f' data-key="{key:g}"'
        texts.append(f'<td class="{kind}"{sort}>{markup}</td>' if kind else f"<td{sort}>{markup}</td>")
    return "".join(texts)
