"""A lab's picture: the output of its last solution, trained, with the points; written by `make reference`."""

import io

from app.labs.lab import Lab, Solution
from app.lessons.memory_check import run
from app.links import link, memory_link
from app.live.memory.boltzmann import BoltzmannWork
from app.live.memory.hebb import HebbWork
from app.live.memory.hopfield import HopfieldWork
from app.live.memory.opening import WORKS
from app.pictures.memory import arrows, grid, tiles
from app.pictures.palette import read_palette
from app.pictures.scene import Scene
from nncore.editing import edit
from nncore.learner import begin
from nncore.trainer import Trainer

SIDE = 208
"""Pixels, each way: twice as many as the index shows."""


def picture(lab: Lab) -> bytes:
    """As PNG."""
    solution = [step.solution for step in lab.steps if step.solution is not None][-1]
    if lab.page == memory_link.PAGE:
        return _of_a_memory(solution)
    trainer = begin(link.read(solution.link).config)
    if isinstance(trainer, Trainer):
        for layer, param, place, value in solution.edits:
            edit(trainer, layer, param, place, value)
    trainer.run(solution.epochs)
    # Of the whole scene only the answer: at 1200 by 630 it is the square that `Scene` draws last.
    whole = Scene(1200, 630, read_palette()).draw(trainer)
    left, top, side = 1200 - 40 - 420, (630 - 420) // 2 - 8, 420
    out = io.BytesIO()
    cut = whole.crop((left, top, left + side, top + side)).resize((SIDE, SIDE))
    cut.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _of_a_memory(solution: Solution) -> bytes:
    memory = memory_link.read(solution.link)
    work = WORKS[memory.machine][0](memory)
    run(work, memory.at + solution.epochs)
    out = io.BytesIO()
    palette = read_palette()
    if isinstance(work, HebbWork):
        image = arrows(work.x, work.learner.w, SIDE, palette)
    elif isinstance(work, BoltzmannWork):
        machine = work.learner.machine
        image = tiles(machine.visible(machine.hidden(work.damaged)), SIDE, palette)
    else:
        assert isinstance(work, HopfieldWork)
        image = grid((work.recall.state + 1) / 2, SIDE, palette)
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()
