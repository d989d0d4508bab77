"""Which labs there are: the folders beside this file, each a lab that is whole; in the order of their themes."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.labs.lab import THEMES, Lab, read_lab
from nncore.errors import OutOfRange, UnknownName, WrongType
from nncore.sentence import Sentence

_ELSEWHERE = Sentence("refused.lab_elsewhere", "is beside another page: open /{value}")
_ODD_STEP = Sentence("refused.odd_lab_step", "must be the number of a step, not {value}")


class UnknownLab(UnknownName):
    """No lab is called so."""


HERE = Path(__file__).resolve().parent


def read_labs(folder: Path) -> Mapping[str, Lab]:
    """Every lab in `folder` by its name; raises BadLab for the first that is not one."""
    found = [read_lab(file.parent) for file in sorted(folder.glob("*/lab.json"))]
    found.sort(key=lambda lab: (THEMES.index(lab.theme), lab.number))
    return {lab.name: lab for lab in found}


@cache
def labs() -> Mapping[str, Lab]:
    """Ours."""
    return read_labs(HERE)


def find(name: str) -> Lab:
    """The lab called `name`; raises UnknownLab, which names the nearest."""
    if name not in labs():
        raise UnknownLab.of("lab", name, labs(), "lab")
    return labs()[name]


def beside(name: str, page: str) -> Lab:
    """The lab called `name`, which has to stand beside `page`; raises InputError."""
    lab = find(name)
    if lab.page != page:
        raise OutOfRange("lab", _ELSEWHERE, value=f"{lab.page}?lab={lab.name}")
    return lab


def step_number(text: str) -> int:
    """The step that an address names. Raises WrongType."""
    if not (text.isdecimal() and len(text) < 4):
        raise WrongType("step", _ODD_STEP, value=text[:20])
    return int(text)


def opening(name: str, step: str, page: str = "") -> str:
    """The link, and what is hidden and locked, with which lab `name` opens at `step`; raises InputError.

    `page` is where it is to open: a lab of another page is refused with its address.
    """
    lab = beside(name, page)
    parts = [lab.link(step_number(step))]
    for key, names in (("hide", lab.hide), ("lock", lab.lock)):
        if names:
            parts.append(f"{key}={','.join(names)}")
    return "&".join(part for part in parts if part)
