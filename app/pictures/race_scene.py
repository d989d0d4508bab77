"""A race as one picture: every lane's answer with its points, what the lane is made of, and how it stands.

Not here: how a lane's answer is drawn (`answer`), how far the lanes have been trained (`making`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from app.links.race_link import LANES, differences
from app.pictures.answer import data_line, draw_answer, short
from app.pictures.palette import Palette, Rgb
from app.pictures.pen import Pen, Place
from app.pictures.scene import SMALLEST_TYPE, TITLE
from nncore.learner import AnyLearner
from nncore.neurons import NEURONS
from nncore.probes import PROBES
from nncore.probes.unit_maps import UnitMaps

MOST_IN_A_ROW = 3


@dataclass(slots=True)
class Contender:
    """A lane's run, and the first epoch at whose end it had solved its task; None before."""

    trainer: AnyLearner
    solved: int | None = None

    def look(self, bar: float) -> None:
        """Whether it has solved its task by now."""
        if self.solved is None and self.trainer.diverged is None:
            accuracy = self.trainer.evaluate().test_accuracy
            if accuracy is not None and float(accuracy) >= bar:
                self.solved = self.trainer.epoch


class RaceScene:
    """Pictures of one size in one palette; made once for a whole animation."""

    def __init__(
        self, width: int, height: int, palette: Palette, *, discrete: bool = False, tests: bool = True
    ) -> None:
        """`discrete`: answers without shades. Test points are drawn where `tests` says so."""
        self.width, self.height, self.palette = width, height, palette
        self._look = {"discrete": discrete, "tests": tests}
        self.unit = min(width / 1200, height / 630)
        """One pixel of the arrangement as it was designed, 1200 by 630."""
        pixels = {"unit_pixels": 4, "output_pixels": min(200, max(60, height // 3))}
        probe = PROBES.build("unit_maps", pixels, "picture")
        assert isinstance(probe, UnitMaps)
        self._maps = probe

    def draw(self, lanes: Sequence[Contender]) -> Image.Image:
        """The lanes as they are now."""
        pen, unit = Pen(self.width, self.height, self.palette.ground), self.unit
        margin = 40 * unit
        pen.text((margin, 48 * unit), f"{TITLE} · race", self._type(26), self.palette.ink)
        pen.text((margin, 74 * unit), self._subject(lanes), self._type(16), self.palette.soft)
        epoch = max(lane.trainer.epoch for lane in lanes)
        pen.text((self.width - margin, 48 * unit), f"epoch {epoch:,}", self._type(22), self.palette.ink, "rs")
        for name, lane, (at, side) in zip(LANES, lanes, self._places(len(lanes), margin), strict=False):
            self._draw_lane(pen, name, lane, at, side)
        return pen.finish()

    def _places(self, count: int, margin: float) -> list[tuple[Place, float]]:
        """The corner and the side of each lane's answer, in one row or in two."""
        rows = 1 if count <= MOST_IN_A_ROW else 2
        columns = -(-count // rows)
        top, bottom = 90 * self.unit, self.height - 16 * self.unit
        # Over an answer there is a line, under it are two.
        above, below = 34 * self.unit, 56 * self.unit
        cell = (self.width - 2 * margin) / columns
        side = round(min((bottom - top) / rows - above - below, cell - 24 * self.unit))
        height = side + above + below
        start = top + max(0.0, (bottom - top - rows * height) / 2)
        return [
            (
                (
                    round(margin + cell * (index % columns) + (cell - side) / 2),
                    round(start + height * (index // columns) + above),
                ),
                side,
            )
            for index in range(count)
        ]

    def _draw_lane(self, pen: Pen, name: str, lane: Contender, at: Place, side: float) -> None:
        unit, palette, trainer = self.unit, self.palette, lane.trainer
        head = f"{name.upper()}  {_kinds(trainer)}"
        pen.text((at[0], at[1] - 12 * unit), head, self._type(20), self._colour(name))
        draw_answer(pen, palette, trainer, self._maps.compute(trainer), at, side, **self._look)
        metrics = trainer.evaluate()
        if trainer.diverged is not None:
            said = f"diverged in epoch {trainer.diverged.epoch + 1:,}"
        elif metrics.test_accuracy is not None:
            said = f"test accuracy {100 * float(metrics.test_accuracy):.1f} %"
        else:
            said = f"test loss {short(metrics.test_loss)}"
        pen.text((at[0], at[1] + side + 24 * unit), said, self._type(17), palette.ink)
        facts = [f"{trainer.network.parameter_count:,} parameters"]
        if lane.solved is not None:
            facts.insert(0, f"solved at epoch {lane.solved:,}")
        # Where letters are as small as they may be, there is room for one of the two.
        few = facts[:1] if self._type(15) > 15 * unit else facts
        pen.text((at[0], at[1] + side + 46 * unit), ", ".join(few), self._type(15), palette.soft)

    def _subject(self, lanes: Sequence[Contender]) -> str:
        """The data, and in what the lanes differ: in a link's words."""
        different = ", ".join(differences([lane.trainer.config for lane in lanes])) or "nothing"
        return f"{data_line(lanes[0].trainer)}; the lanes differ in {different}"

    def _colour(self, name: str) -> Rgb:
        return self.palette.lanes[LANES.index(name)]

    def _type(self, pixels: int) -> float:
        """Letters of a size that can still be read when the picture is small."""
        return max(SMALLEST_TYPE, pixels * self.unit)


def _kinds(trainer: AnyLearner) -> str:
    """``Quadratic 8-8``: the kinds of the hidden layers and their widths; of a lone output, its kind."""
    layers = trainer.config.layers
    if not layers:
        return NEURONS[trainer.config.output.neuron.name].spec.label
    kinds = dict.fromkeys(NEURONS[layer.neuron.name].spec.label for layer in layers)
    return f"{', '.join(kinds)} {'-'.join(str(layer.units) for layer in layers)}"
