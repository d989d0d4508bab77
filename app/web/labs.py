"""What the pages about labs show: the index with its paths, teacher's notes, worksheets. Data for templates.

Not here: HTTP (`routes.labs`), the sheet beside the playground (`app.lessons.sheet`).
"""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from app.labs.lab import THEMES, Lab
from app.labs.markup import html
from app.labs.registry import HERE, labs
from app.labs.texts import TEACHER, read_texts
from app.lessons.sheet import figures, sheet

Json = dict[str, Any]

PATHS = ("hour", "lesson", "lecture")


@cache
def words(language: str) -> Mapping[str, str]:
    """The pages' own words."""
    found: dict[str, str] = json.loads(_read(HERE / "words" / f"{language}.json"))
    return found


@cache
def paths() -> Mapping[str, list[str]]:
    """Labs to do one after the other, by what for."""
    found: dict[str, list[str]] = json.loads(_read(HERE / "paths.json"))
    return found


@lru_cache(maxsize=4)
def index(language: str) -> Json:
    """Every lab by its theme, and the paths."""
    shown = {name: _card(lab, language) for name, lab in labs().items()}
    themes = [
        {"title": words(language)[f"theme.{theme}"], "labs": found}
        for theme in THEMES
        if (found := [shown[lab.name] for lab in labs().values() if lab.theme == theme])
    ]
    ways = [
        {
            "title": words(language)[f"path_{way}"],
            "for": words(language)[f"path_{way}_for"],
            "labs": [shown[name] for name in paths()[way]],
        }
        for way in PATHS
    ]
    return {"themes": themes, "paths": ways}


def _card(lab: Lab, language: str) -> Json:
    texts = read_texts(lab, language)
    said = words(language)
    return {
        "name": lab.name,
        "page": lab.page,
        "number": lab.number,
        "title": texts.title,
        "summary": Markup(html(texts.summary)),
        "minutes": said["minutes"].format(minutes=lab.minutes),
        "level": said[f"level.{lab.level}"],
        "steps": len(lab.steps),
    }


@lru_cache(maxsize=128)
def teacher(lab: Lab, language: str) -> Json:
    """What a teacher is told on one page."""
    texts, said, whole = read_texts(lab, language), words(language), sheet(lab, language)
    section = texts.sections["teacher"]
    return {
        **_card(lab, language),
        "facts": said["teacher.facts"].format(minutes=lab.minutes, source=lab.source),
        "codes": ", ".join(lab.codes),
        "parts": {name: Markup(html(section.parts[name])) for name in TEACHER},
        "answers": [_answer(lab, index, language) for index, step in enumerate(lab.steps) if step.kind == "predict"],
        "measured": [
            {
                "label": Markup(run["label"]),
                "said": said["teacher.runs_memory" if step["axis"] else "teacher.runs"].format(
                    **figures(lab, run["claim"])
                ),
            }
            for step in whole["steps"]
            for run in step.get("runs", ())
        ],
    }


def _answer(lab: Lab, index: int, language: str) -> Json:
    step, told = lab.steps[index], sheet(lab, language)["steps"][index]
    if step.sketch:
        right = f"<p>{words(language)['teacher.sketch']}</p>"
    elif step.number is None:
        right = next(choice["html"] for choice in told["choices"] if choice["id"] == step.answer)
    else:
        right = f"<p>{told['number']['answer']:g}</p>"
    return {"title": told["title"], "right": Markup(right)}


@lru_cache(maxsize=128)
def worksheet(lab: Lab, language: str) -> Json:
    """What is filled in by hand on one page."""
    kinds = ("predict", "do", "see", "explain")
    steps = [step for step in sheet(lab, language)["steps"] if step["kind"] in kinds]
    return {
        **_card(lab, language),
        "parts": [
            {
                "kind": step["kind"],
                "title": step["title"],
                "sketch": step.get("sketch", False),
                "choices": [Markup(choice["html"]) for choice in step.get("choices", ())],
            }
            for step in steps
        ],
    }


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
