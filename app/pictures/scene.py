"""A network as one picture: features, a column for each hidden layer, edges, the output with its points and numbers.

The same arrangement as the page, for any size. Not here: how a shape is drawn (`pen`), how far the network has been
trained (`making`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.pictures.answer import centred, data_line, draw_answer, short
from app.pictures.palette import Palette
from app.pictures.pen import Pen, Place
from nncore.features import FEATURES, inputs
from nncore.forest.grower import Grower
from nncore.learner import AnyLearner
from nncore.neurons import NEURONS
from nncore.plane import plane_points
from nncore.probes import PROBES
from nncore.probes.links import Links
from nncore.probes.unit_maps import UnitMaps

TITLE = "Neuron Playground"
FAINTEST = 0.02
"""An edge weaker than this share of its layer's strongest is left out, as on the page."""
QUIET = 0.05
"""A layer whose sensitivities are all less has no edge of the full width, as on the page."""

SMALLEST_TYPE = 9.0


@dataclass(frozen=True)
class _Column:
    """What one column shows and where: places are the middles of its tiles."""

    fields: list[NDArray[np.floating]]
    places: list[Place]
    caption: str
    names: tuple[str, ...] = ()
    """Of the tiles, where they have some: written to their left."""


class Scene:
    """Pictures of one size in one palette; made once for a whole animation."""

    def __init__(
        self, width: int, height: int, palette: Palette, *, discrete: bool = False, tests: bool = True
    ) -> None:
        """`discrete`: the output without shades; `tests`: with its test points."""
        self.width, self.height, self.palette = width, height, palette
        self.discrete, self.tests = discrete, tests
        self.unit = min(width / 1200, height / 630)
        """One pixel of the arrangement as it was designed, 1200 by 630."""
        pixels = {"unit_pixels": 40, "output_pixels": min(200, max(60, height // 3))}
        maps, edges = PROBES.build("unit_maps", pixels, "picture"), PROBES.build("links")
        assert isinstance(maps, UnitMaps)
        assert isinstance(edges, Links)
        self._maps, self._links = maps, edges

    def draw(self, trainer: AnyLearner) -> Image.Image:
        """`trainer` as it is now."""
        pen, unit = Pen(self.width, self.height, self.palette.ground), self.unit
        margin, side = 40 * unit, 420 * unit
        output = (self.width - margin - side, (self.height - side) / 2 - 8 * unit)
        maps = self._maps.compute(trainer)
        columns = self._columns(trainer, maps, margin, output[0] - 60 * unit)
        self._draw_edges(pen, trainer, columns, (output[0], output[1] + side / 2))
        size = self._tile_size(columns)
        for column in columns:
            for field, (x, y) in zip(column.fields, column.places, strict=True):
                corner = (round(x - size / 2), round(y - size / 2))
                pen.surface(corner, size, centred(field), self.palette.values())
                pen.frame(corner, size, self.palette.line)
            for name, (x, y) in zip(column.names, column.places, strict=False):
                pen.text((x - size / 2 - 8 * unit, y), name, self._type(17), self.palette.ink, "rm")
        self._draw_captions(pen, columns, size)
        draw_answer(pen, self.palette, trainer, maps, output, side, discrete=self.discrete, tests=self.tests)
        self._draw_numbers(pen, trainer, output, side)
        pen.text((margin, 48 * unit), TITLE, self._type(26), self.palette.ink)
        lines = [data_line(trainer)]
        if isinstance(trainer, Grower):
            lines.append(f"a cascade of forests, {trainer.forest.forests} a level")
        elif not trainer.config.layers:
            lines.append(f"{NEURONS[trainer.config.output.neuron.name].spec.label} output, no hidden layer")
        letters = self._type(16)
        first = max(74 * unit, 48 * unit + 1.2 * letters)
        for line, words in enumerate(lines):
            pen.text((margin, first + 1.4 * line * letters), words, letters, self.palette.soft)
        return pen.finish()

    def _columns(
        self, trainer: AnyLearner, maps: dict[str, NDArray[np.floating]], left: float, right: float
    ) -> list[_Column]:
        """The features and every hidden layer, between `left` and `right`."""
        config = trainer.config
        grid = plane_points(40, config.data.scale)
        seen = inputs(grid, config.features, config.data.scale, np.float32)[:-1].reshape(-1, 40, 40)
        contents = [(list(seen), "")]
        captions = [f"{layer.neuron.name}, {layer.activation.name}" for layer in config.layers]
        if config.forest is not None:
            captions = [f"level {level + 1}" for level in range(config.forest.levels)]
        contents += [(list(maps[f"units.{index}"]), caption) for index, caption in enumerate(captions)]
        top, bottom = 110 * self.unit, self.height - 70 * self.unit
        step = (right - left) / len(contents)
        columns = []
        for index, (fields, caption) in enumerate(contents):
            apart = min((bottom - top) / len(fields), 78 * self.unit)
            middle = (top + bottom) / 2
            places = [
                (left + step * (index + 0.5), middle + (unit - (len(fields) - 1) / 2) * apart)
                for unit in range(len(fields))
            ]
            names = () if index else tuple(FEATURES[name].spec.label for name in config.features)
            columns.append(_Column(fields, places, caption, names))
        return columns

    def _type(self, pixels: int) -> float:
        """Letters of a size that can still be read when the picture is small."""
        return max(SMALLEST_TYPE, pixels * self.unit)

    def _tile_size(self, columns: list[_Column]) -> int:
        pitch = (self.height - 180 * self.unit) / max(len(column.fields) for column in columns)
        apart = columns[1].places[0][0] - columns[0].places[0][0] if len(columns) > 1 else pitch
        return max(4, round(min(56 * self.unit, 0.84 * pitch, 0.62 * apart)))

    def _draw_edges(self, pen: Pen, trainer: AnyLearner, columns: list[_Column], output: Place) -> None:
        edges = self._links.compute(trainer)
        half = self._tile_size(columns) / 2
        for index, column in enumerate(columns):
            means, sizes = (np.nan_to_num(edges[f"{name}.{index}"]) for name in ("links", "links_size"))
            full = max(float(sizes.max(initial=0.0)), QUIET)
            last = index == len(columns) - 1
            ends = [output] * sizes.shape[1] if last else [(x - half, y) for x, y in columns[index + 1].places]
            for i, j in sorted(np.ndindex(*sizes.shape), key=lambda pair: sizes[pair]):
                share = float(sizes[i, j]) / full
                if share >= FAINTEST:
                    x, y = column.places[i]
                    leaning = float(np.clip(means[i, j] / sizes[i, j], -1.0, 1.0))
                    width = max(0.6, 4 * self.unit * share)
                    pen.curve((x + half, y), ends[j], self.palette.edge(leaning), width, 0.12 + 0.78 * share)

    def _draw_captions(self, pen: Pen, columns: list[_Column], size: int) -> None:
        """Of every layer its neuron and its activation, as much of that as all layers have room for."""
        letters, places = self._type(14), [column.places[-1] for column in columns]
        room = places[1][0] - places[0][0] - letters if len(places) > 1 else self.width
        whole = [column.caption for column in columns]
        for captions in (whole, [caption.partition(",")[0] for caption in whole]):
            if max(pen.width_of(caption, letters) for caption in captions) <= room:
                for caption, (x, y) in zip(captions, places, strict=True):
                    pen.text((x, y + size / 2 + 20 * self.unit), caption, letters, self.palette.soft, "ms")
                return

    def _draw_numbers(self, pen: Pen, trainer: AnyLearner, at: Place, side: float) -> None:
        metrics, unit, palette = trainer.evaluate(), self.unit, self.palette
        grown = isinstance(trainer, Grower)
        epoch, above = f"{'level' if grown else 'epoch'} {trainer.epoch:,}", at[1] - 14 * unit
        pen.text((at[0], above), epoch, self._type(22), palette.ink)
        words = f"test loss {short(metrics.test_loss)}"
        if trainer.diverged is not None:
            words = "diverged: no finite loss any more"
        elif metrics.test_accuracy is not None:
            words = f"test accuracy {100 * float(metrics.test_accuracy):.1f} %"
        # In a small picture letters are larger beside the square than in a large one: then they take two lines.
        size = self._type(18)
        beside = pen.width_of(epoch, self._type(22)) + pen.width_of(words, size) + size / 2 <= side
        pen.text((at[0] + side, above - (0 if beside else 1.3 * size)), words, size, palette.soft, "rs")
        below, size = at[1] + side + 30 * unit, self._type(16)
        count = f"{trainer.network.parameter_count:,} {'nodes' if grown else 'parameters'}"
        loss = f"loss {short(metrics.train_loss)} train, {short(metrics.test_loss)} test"
        pen.text((at[0], below), count, size, palette.soft)
        beside = pen.width_of(count, size) + pen.width_of(loss, size) + size / 2 <= side
        pen.text((at[0] + side, below + (0 if beside else 1.3 * size)), loss, size, palette.soft, "rs")
