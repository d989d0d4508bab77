"""Bytes of a frame on the wire, for the default network and the largest that the page offers."""

from app.live.frames import Caption, Painter
from app.settings import Settings
from nncore import Config, Trainer
from tests.bench.timing import table


def measure() -> str:
    """The table of this benchmark."""
    settings = Settings()
    largest = [{"units": settings.units, "neuron": "quadratic"}] * settings.layers
    sizes = {"unit_pixels": settings.unit_pixels, "output_pixels": settings.output_pixels}
    rows = []
    for name, config in (("default", Config()), ("largest", Config.from_json({"layers": largest}))):
        trainer = Trainer(config).run(50)
        caption = Caption(1, True, 100.0, 0.5, len(trainer.history))
        for pixels in (sizes, {"unit_pixels": 24, "output_pixels": 100}):
            painter = Painter(**pixels)
            frame, packed = painter.paint(trainer, caption), painter.paint(trainer, caption, compress=True)
            shown = f"{pixels['unit_pixels']} and {pixels['output_pixels']}"
            rows.append((name, shown, len(frame), len(packed)))
    return table("Bytes of one frame", ("network", "pixels of units and answer", "bytes", "compressed"), rows)
