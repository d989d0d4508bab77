"""The words of a lab in one language: a Markdown file with a section a step, and in it a part for each choice or hint.

    # Title, then a sentence        ## step: Its title        ### choice, hint, then

Figures stand as {claim.figure} and are filled in from what was measured. Not here: markup (`markup`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.labs.conditions import BadLab
from app.labs.lab import Lab

LANGUAGES = ("en", "zh")

TEACHER = ("aim", "words", "mistakes", "discuss")
"""What is told to a teacher, in the section of that name."""

_FIGURE = re.compile(r"\{(\w+)\.(\w+)\}")


@dataclass(frozen=True)
class Section:
    """A step's words: title, text and its named parts, as Markdown."""

    title: str
    text: str
    parts: Mapping[str, str]


@dataclass(frozen=True)
class Texts:
    """A lab's words."""

    title: str
    summary: str
    sections: Mapping[str, Section]


@lru_cache(maxsize=128)
def read_texts(lab: Lab, language: str) -> Texts:
    """`lab`'s words, figures filled in; raises BadLab for what is missing or too much, and names the file."""
    file = f"{lab.name}/{language}.md"
    path = lab.folder / f"{language}.md"
    if not path.is_file():
        raise BadLab(f"{file}: has no words for {lab.name}")
    texts = _parsed(_filled(path.read_text(encoding="utf-8"), lab, file), file)
    needed = parts_of(lab)
    for section, parts in needed.items():
        if section not in texts.sections:
            raise BadLab(f"{file}: has no words for {section}")
        for part in parts:
            if part not in texts.sections[section].parts:
                raise BadLab(f"{file}: has no words for {section}: {part}")
    for name, one in texts.sections.items():
        for part in ("", *one.parts):
            if name not in needed or (part and part not in needed[name]):
                place = f"{name}: {part}" if part else name
                raise BadLab(f"{file}: has words for {place}, which the lab does not have")
    return texts


def parts_of(lab: Lab) -> dict[str, tuple[str, ...]]:
    """Every section that a lab's words have, and the parts in each."""
    found: dict[str, tuple[str, ...]] = {}
    for step in lab.steps:
        after = ("then",) if step.kind in ("predict", "do") else ()
        found[step.id] = (*step.choices, *(hint.id for hint in step.hints), *step.claims, *after)
    return {**found, "teacher": TEACHER}


def stages(text: str) -> tuple[str, str]:
    """A hint's two: where to look, and which way to go."""
    first, _, second = text.partition("\n\n")
    return first, second


def _filled(text: str, lab: Lab, file: str) -> str:
    def figure(found: re.Match[str]) -> str:
        claim, name = found.groups()
        figures = lab.figures.get(claim, {}).get("said", {})
        if name not in figures:
            raise BadLab(f"{file}: no claim measures {claim}.{name}; there are {', '.join(figures) or 'no figures'}")
        return str(figures[name])

    return _FIGURE.sub(figure, text)


def _parsed(text: str, file: str) -> Texts:
    head, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    title, _, summary = head.strip().partition("\n")
    if not title.startswith("# ") or not summary.strip():
        raise BadLab(f"{file}: must begin with a title, # and words, and a sentence under it")
    return Texts(title[2:].strip(), summary.strip(), dict(map(_section, sections)))


def _section(text: str) -> tuple[str, Section]:
    body, *parts = re.split(r"^### ", text, flags=re.MULTILINE)
    head, _, rest = body.partition("\n")
    name, _, title = head.partition(":")
    named = {one.partition("\n")[0].strip(): one.partition("\n")[2].strip() for one in parts}
    return name.strip(), Section(title.strip(), rest.strip(), named)
