"""A lab's picture: the output of its last solution, trained, with the points; written by `make reference`."""

import io

from app.labs.lab import Lab
from app.links import link
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
