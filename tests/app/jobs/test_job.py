"""Jobs and refusals arrive as they were sent."""

from dataclasses import replace

import pytest

from app.errors import BrokenJson, OutOfOrder, PictureTooCostly, TooLarge, TooLate, TooMuchMemory
from app.jobs.job import Job, encode_refusal, framed, read_refusal
from nncore.errors import BadSnapshot, InputError, MissingField, OutOfRange, UnknownField, UnknownName, WrongType
from nncore.sentence import Sentence

KINDS = (
    *(BadSnapshot, InputError, MissingField, OutOfRange, UnknownField, UnknownName, WrongType),
    *(BrokenJson, OutOfOrder, PictureTooCostly, TooLarge, TooLate, TooMuchMemory),
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_refusal_is_the_same_elsewhere(kind: type[InputError]) -> None:
    sentence = Sentence("refused.odd", "must be {low}, not {value}; available: {known}")
    error = kind("layers[1]", sentence, ("a", "b"), low=0.5, value="\N{SNOWMAN}")
    again = read_refusal(encode_refusal(error))
    assert type(again) is kind
    assert (str(again), again.path, again.sentence, again.known, again.values) == (
        *(str(error), error.path, error.sentence, error.known, error.values),
    )


def test_no_two_kinds_of_mistake_have_one_code() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)


def test_jobs_that_ask_for_the_same_have_one_name() -> None:
    job = Job("qr_code", b"http://example.org", 10.0)
    assert replace(job, seconds=3.0).key == job.key
    assert len({job.key, replace(job, kind="table").key, replace(job, request=b"").key}) == 3


def test_a_frame_is_its_length_and_its_bytes() -> None:
    assert framed(b"abc") == b"\x00\x00\x00\x03abc"
