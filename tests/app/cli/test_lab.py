"""Labs from the command line: a list, and a verdict over fresh seeds in words."""

import pytest

from app.cli.lab import checked, listed, reached, report
from app.errors import UsageError
from app.labs.registry import labs
from app.lessons.check import Verdict, goals

NAME = "depth_without_activation"


def test_every_lab_is_listed() -> None:
    assert [line.split()[0] for line in listed().splitlines()] == list(labs())


def test_an_address_that_solves_it_is_said_to() -> None:
    link = f"http://127.0.0.1:8000/?data=xor&layers=4,4,4&activation=tanh&lab={NAME}&step=4"
    lab, verdict = checked(NAME, link, 4, 5)
    assert reached(verdict)
    told = report(lab, verdict)
    assert told.startswith("Depth without activation is an illusion, Bend it: reached.")
    assert "of 5 fresh seeds met the goal within 60 epochs" in told


def test_a_link_that_does_not_is_said_to_as_well() -> None:
    lab, verdict = checked(NAME, "data=xor&layers=2&activation=identity", 4, 3)
    assert not reached(verdict)
    assert "not reached.\n0 of 3 fresh seeds met the goal within 60 epochs.\nEpoch of each seed: -, -, -" in report(
        lab, verdict
    )


def test_a_gamble_that_goes_well_every_other_time_is_no_solution() -> None:
    step = goals(labs()[NAME])[4]
    assert reached(Verdict(step, 60, (1,) * 12 + (None,) * 8))
    assert not reached(Verdict(step, 60, (1, None) * 10))


@pytest.mark.parametrize(
    ("name", "link", "said"),
    [
        ("depth", "data=xor", "lab: there is no lab called 'depth'"),
        (NAME, "data=xr", "data: there is no dataset called 'xr'"),
    ],
)
def test_a_slip_is_one_sentence(name: str, link: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        checked(name, link, None, 2)
