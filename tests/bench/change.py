"""What a change costs the host that trains: read, obeyed and answered as text, by one session without a socket.

2,000 points of the reader's own are the most that one brush stroke sends; a learning rate is what a slider sends.
"""

import gc
import json
import random
import time
from collections.abc import Callable
from itertools import cycle
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
    config = {"data": {"name": "own", "points": strokes[0]}}
    _answered(session, json.dumps({"type": "open", "config": config}))
    # As a host does when it begins.
    gc.freeze()
    changes = {
        f"{COUNT:,} own points": _changes(session, "data.points", strokes),
        "the learning rate": _changes(session, "optimizer.learning_rate", [0.01, 0.02]),
    }
    times = compare({**changes})
    least = times["the learning rate"]
    gc.unfreeze()
    rows = [(name, 1000 * taken.median, taken.ratio(least)) for name, taken in times.items()]
    return table(
        "A change in the host, read, obeyed and answered", ("what changes", "ms", "time / learning rate's"), rows
    )


def _changes(session: Session, path: str, values: list[Any]) -> Callable[[], None]:
    texts = cycle([json.dumps({"type": "change", "path": path, "value": value}) for value in values])
    return lambda: _answered(session, next(texts))


def _answered(session: Session, text: str) -> None:
    answers = [answer for answer in session.obey(read(text, SETTINGS.message_bytes)) if isinstance(answer, Event)]
    assert answers, "a change is answered"
    assert answers[0].name in ("opened", "changed"), encode(answers[0])
    for answer in answers:
        encode(answer)
