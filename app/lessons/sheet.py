"""A lab as the page shows it beside the network: each step's words as markup, its goal, and what was measured.

Not here: the verdict on a goal (`app.live.answers`), pages for print (`paper`).
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from app.labs.lab import Lab, Step
from app.labs.markup import html
from app.labs.texts import Section, Texts, read_texts, stages
from app.lessons.memory_claims import shown_link
from app.links import memory_link

Json = dict[str, Any]


@lru_cache(maxsize=128)
def sheet(lab: Lab, language: str) -> Json:
    """All of it, as JSON."""
    texts = read_texts(lab, language)
    return {
        "name": lab.name,
        "number": lab.number,
        "title": texts.title,
        "steps": [
            _step(lab, step, texts) | {"opened": _opened(lab, number)} for number, step in enumerate(lab.steps, 1)
        ],
    }


def _step(lab: Lab, step: Step, texts: Texts) -> Json:
    section = texts.sections[step.id]
    told: Json = {
        "page": lab.page,
        "kind": step.kind,
        "title": section.title,
        "html": html(section.text),
        "at": step.at,
    }
    if step.kind == "predict":
        told |= _prediction(lab, step, section)
    if step.kind == "do":
        told["goal"] = [condition.to_json() for condition in step.goal]
        told["hints"] = [
            {"at": hint.at, "stages": [html(part) for part in stages(section.parts[hint.id])]} for hint in step.hints
        ]
        told["then"] = html(section.parts["then"])
    if step.kind == "see":
        told["runs"] = [{**runs(lab, name), "label": html(section.parts[name])} for name in step.claims]
        told["axis"] = _axis(lab, step)
    return told


def _axis(lab: Lab, step: Step) -> str:
    """What the runs' shares are shares of, where that is not the test points that are right."""
    claim = lab.claims[step.claims[0]]
    if lab.page == "":
        return "far" if claim.far else ""
    return "dreams" if claim.dreams else memory_link.read(claim.link).machine


def _opened(lab: Lab, number: int) -> int:
    """The step whose experiment step `number` goes on with."""
    return max(index for index, step in enumerate(lab.steps[:number], 1) if step.link is not None)


def _prediction(lab: Lab, step: Step, section: Section) -> Json:
    then = {"then": html(section.parts["then"])}
    if step.sketch:
        return then | {"sketch": True}
    if step.number is None:
        choices = [{"id": choice, "html": html(section.parts[choice])} for choice in step.choices]
        return then | {"choices": choices, "answer": step.answer}
    figure, low, high, near = step.number
    claim, _, name = figure.partition(".")
    answer = float(figures(lab, claim)[name].removesuffix("%"))
    return then | {"number": {"low": low, "high": high, "near": near, "answer": answer}}


def figures(lab: Lab, claim: str) -> Mapping[str, str]:
    """A claim's figures, as they are said."""
    said: Mapping[str, str] = lab.figures[claim]["said"]
    return said


def address(lab: Lab, claim: str) -> str:
    """Where a claim's experiment can be opened, from the front page on."""
    one = lab.claims[claim]
    return f"memory?{shown_link(one)}" if lab.page == "memory" else f"?{one.link}&epochs={one.epochs}"


def runs(lab: Lab, claim: str) -> Json:
    """What each run of a claim came to, and where it can be opened."""
    return {
        "claim": claim,
        "address": address(lab, claim),
        "said": figures(lab, claim),
        "accuracies": lab.figures[claim]["runs"],
    }
