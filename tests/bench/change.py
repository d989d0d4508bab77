"""What a change costs the host that trains: read, obeyed and answered as text, by one session without a socket.

2,000 points of the reader's own are the most that a table or an eraser's stroke sends; of a brush, a message brings the
points that it adds to nearly as many. A learning rate is what a slider sends.
"""

import gc
import json
import random
import time
from collections.abc import Callable
from itertools import count, cycle
from typing import Any

from app.live.events import Event, encode
from app.live.inbox import read
from app.live.session import Session
from app.settings import Settings
from tests.bench.timing import compare, table

COUNT = 2000
SETTINGS = Settings()


def measure() -> str:
    """The table of this benchmark."""
    rng = random.Random(0)
    strokes = [[[rng.uniform(-1, 1), rng.uniform(-1, 1), i % 2] for i in range(COUNT)] for _ in range(2)]
    session = Session("bench", SETTINGS, time.monotonic)
    _open(session, strokes[0])
    drawing = Session("drawing", SETTINGS, time.monotonic)
    # One more with each round: there are fewer rounds than that.
    begun = COUNT - 100
    _open(drawing, strokes[0][:begun])
    # As a host does when it begins.
    gc.freeze()
    changes = {
        f"{COUNT:,} own points": _changes(session, "data.points", strokes),
        f"one point more, of nearly {COUNT:,}": _stroke(drawing, begun),
        "the learning rate": _changes(session, "optimizer.learning_rate", [0.01, 0.02]),
    }
    times = compare({**changes})
    least = times["the learning rate"]
    gc.unfreeze()
    rows = [(name, 1000 * taken.median, taken.ratio(least)) for name, taken in times.items()]
    return table(
        "A change in the host, read, obeyed and answered", ("what changes", "ms", "time / learning rate's"), rows
    )


def _open(session: Session, points: list[Any]) -> None:
    _answered(session, json.dumps({"type": "open", "config": {"data": {"name": "own", "points": points}}}))


def _stroke(session: Session, begun: int) -> Callable[[], None]:
    values = ({"after": after, "added": [[0.1, 0.2, 1]]} for after in count(begun))
    texts = (json.dumps({"type": "change", "path": "data.points", "value": value}) for value in values)
    return lambda: _answered(session, next(texts))


def _changes(session: Session, path: str, values: list[Any]) -> Callable[[], None]:
    texts = cycle([json.dumps({"type": "change", "path": path, "value": value}) for value in values])
    return lambda: _answered(session, next(texts))


def _answered(session: Session, text: str) -> None:
    answers = [answer for answer in session.obey(read(text, SETTINGS.message_bytes)) if isinstance(answer, Event)]
    assert answers, "a change is answered"
    assert answers[0].name in ("opened", "changed"), encode(answers[0])
    for answer in answers:
        encode(answer)
