"""The page on adding a lab tells the truth: its folder passes the contract that every lab is held to."""

import json
import re
from pathlib import Path

from app.labs.conditions import all_hold, figures_of
from app.labs.lab import Lab, read_lab
from app.labs.texts import read_texts
from app.lessons.bounds import broken
from app.lessons.claims import measure_all
from app.lessons.sheet import sheet
from app.links import link
from docs.make_reference import figures
from nncore.trainer import Trainer
from tests.repo.sources import ROOT

PAGE = (ROOT / "docs" / "howto" / "add-a-lab.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    return str(found)


def lab_of_the_page(place: Path) -> Lab:
    """Its folder as the page says, with what `make reference` would write."""
    folder = place / "two_clouds"
    folder.mkdir()
    (folder / "lab.json").write_text(block("json"), encoding="utf-8")
    (folder / "en.md").write_text(block("markdown"), encoding="utf-8")
    (folder / "figures.json").write_text(figures(read_lab(folder)), encoding="utf-8")
    return read_lab(folder)


def test_its_words_are_whole_and_its_claim_holds(tmp_path: Path) -> None:
    lab = lab_of_the_page(tmp_path)
    assert broken(measure_all(lab)) == []
    assert read_texts(lab, "en").sections["seeds"].text == "20 of 20."
    json.dumps(sheet(lab, "en"))


def test_its_goal_is_reached_by_its_solution_alone(tmp_path: Path) -> None:
    (step,) = [step for step in lab_of_the_page(tmp_path).steps if step.kind == "do"]
    assert step.solution is not None
    trainer = Trainer(link.read(step.solution.link).config)
    assert not all_hold(step.goal, trainer.config, figures_of(trainer))
    assert step.hint(trainer.config, figures_of(trainer)) == 0
    trainer.run(step.solution.epochs)
    assert all_hold(step.goal, trainer.config, figures_of(trainer))
