"""A worker answers every job, with a result or a refusal, and ends where memory ran out."""

import pkgutil
from io import BytesIO

import pytest

from app.jobs import tasks, worker
from app.jobs.job import DONE, REFUSED, TIRED, framed, read_refusal
from app.jobs.worker import answer, read_frame, task
from app.settings import Settings

SETTINGS = Settings()


def test_every_kind_of_job_has_somebody_who_does_it() -> None:
    kinds = {module.name for module in pkgutil.iter_modules(tasks.__path__)}
    assert kinds == {"export", "picture", "qr_code", "table"}
    assert all(callable(task(kind)) for kind in kinds)


def test_a_result_and_a_refusal() -> None:
    made = answer(b"table\n\n0,0,a\n0,1,b\n1,0,a\n1,1,b\n", SETTINGS)
    assert made.startswith(DONE + b'200\n{"knobs":{"points":')
    missed = answer(b"table\n\n\n", SETTINGS)
    assert missed[:1] == REFUSED
    assert read_refusal(missed[1:]).path == "line 1"


def test_where_memory_runs_out_the_sentence_says_how_much_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(request: bytes, settings: Settings) -> bytes:
        raise MemoryError

    monkeypatch.setattr(worker, "task", lambda kind: greedy)
    said = answer(b"picture\n", Settings(job_bytes=200_000_000))
    assert said[:1] == TIRED
    assert "more than the 200 MB" in str(read_refusal(said[1:]))


def test_frames_are_read_until_the_pipe_ends() -> None:
    pipe = BytesIO(framed(b"one") + framed(b"") + framed(b"three"))
    assert [read_frame(pipe) for _ in range(4)] == [b"one", b"", b"three", None]
