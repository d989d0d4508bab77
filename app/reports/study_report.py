"""The answer of a study as one page: what was asked, the chart, the heat map and the table, each mark a link.

It opens offline, from a stick or an e-mail; its links open runs on the reader's own server. Not here: the drawing
itself (`chart`, `heat_map`, `cells`).
"""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from app import __version__
from app.reports import cells, heat_map
from app.reports.chart import chart
from app.reports.style import SORTING, STYLE
from app.reports.words import score_name
from nncore.study.rows import Row
from nncore.study.study import Study
from nncore.study.summary import Summary, pareto, summaries

MOST_SHOWN = 2000
"""Combinations on the page; of more, the best."""


def report(study: Study, rows: Iterable[Row], server: str) -> str:
    """The page, as HTML. `server` is the address at which links open."""
    found = list(summaries(rows, study.paths, study.epochs))
    shown = _best(found)
    by_score = {name: list(some) for name, some in groupby(sorted(shown, key=_scored), _scored)}
    fronts = {name: pareto(some) for name, some in by_score.items()}
    title = "Study of " + (", ".join(study.paths) or "one network")
    parts = [
        f"<h1>{escape(title)}</h1>",
        _asked(study, found, len(shown)),
        *(_chart_part(name, some, fronts[name], server) for name, some in by_score.items()),
        _heat_part(shown, study.paths, server),
        "<h2>Every combination</h2><div class=wide>",
        cells.table(shown, study.paths, [one for front in fronts.values() for one in front], server),
        "</div>",
        _notes(study, server),
    ]
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width">'
        f"<style>{STYLE}</style><main>{''.join(parts)}</main><script>{SORTING}</script></html>\n"
    )


def _scored(one: Summary) -> str:
    return one.scored_by


def _best(found: list[Summary]) -> list[Summary]:
    if len(found) <= MOST_SHOWN:
        return found
    best = sorted(found, key=lambda one: (-one.solved / one.runs, -one.merit, one.parameters))[:MOST_SHOWN]
    kept = {id(one) for one in best}
    return [one for one in found if id(one) in kept]


def _asked(study: Study, found: Sequence[Summary], shown: int) -> str:
    runs, failed = sum(one.runs for one in found), sum(one.failed for one in found)
    lines = [
        f"{len(found):,} combinations, {len(study.seeds)} seeds each "
        f"({'points drawn anew for each' if study.fresh == 'data' else 'all on the same points'}), "
        f"up to {study.epochs:,} epochs; solved from a test accuracy of {study.bar:g} on."
    ]
    if runs < study.runs:
        lines.append(f"<strong>Not complete:</strong> {runs:,} of {study.runs:,} runs are there.")
    if failed:
        lines.append(f"<strong>{failed:,} runs failed</strong>; runs.csv says why.")
    if shown < len(found):
        lines.append(f"Shown are the {shown:,} best; all are in runs.csv.")
    return f"<p>{' '.join(lines)}</p>"


def _chart_part(name: str, found: Sequence[Summary], front: Sequence[Summary], server: str) -> str:
    better = "lower" if name.endswith("loss") else "higher"
    return (
        f"<h2>{score_name(name).capitalize()} against parameters</h2><figure>{chart(found, front, server)}"
        f"<figcaption>Each mark is the mean of the middle half of its runs with a 95 % bootstrap interval; "
        f"{better} is better. The line joins those that none beats with as few parameters. A mark opens its best run."
        "</figcaption></figure>"
    )


def _heat_part(found: Sequence[Summary], paths: Sequence[str], server: str) -> str:
    pair = heat_map.heat_map(found, paths)
    if pair is None:
        return ""
    down, across = pair
    others = [path for path in paths if path not in pair]
    rest = f" Runs of every {escape(', '.join(others))} are counted together." if others else ""
    return (
        f"<h2>Runs that solved it</h2><div class=wide>{heat_map.drawn(found, across, down, server)}</div>"
        f"<p class=soft>Solved of all runs; a field opens the best of them.{rest}</p>"
    )


def _notes(study: Study, server: str) -> str:
    return (
        f"<p class=soft>Shares have Wilson's interval. Median epochs are those to the first epoch that solves it, with "
        f"runs that never did counted as longer; – where less than half solved it. Links open at {escape(server)}: "
        f"start <code>neuron-playground serve</code> there. Made by Neuron Playground {__version__} from "
        f"{study.runs:,} rows in runs.csv; the same study gives the same rows.</p>"
    )
