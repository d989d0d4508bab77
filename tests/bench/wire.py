"""Bytes of a frame on the wire, for the default network and the largest that the page offers."""

import zlib

from app.frames import Caption, Painter
from app.settings import Settings
from nncore import Config, Trainer
from nncore.probes import PROBES
from tests.bench.timing import table


def measure() -> str:
    """The table of this benchmark."""
    settings = Settings()
    largest = [{"units": settings.units, "neuron": "quadratic"}] * settings.layers
    sizes = {knob.name: int(knob.default) for knob in PROBES["unit_maps"].spec.knobs}
    rows = []
    for name, config in (("default", Config()), ("largest", Config.from_json({"layers": largest}))):
        trainer = Trainer(config).run(50)
        caption = Caption(1, True, 100.0, 0.5, len(trainer.history))
        for pixels in (sizes, {"unit_pixels": 12, "output_pixels": 50}):
            frame = Painter(**pixels).paint(trainer, caption)
            shown = f"{pixels['unit_pixels']} and {pixels['output_pixels']}"
            rows.append((name, shown, len(frame), len(zlib.compress(frame, 1))))
    return table(
        "Bytes of one frame", ("network", "pixels of units and answer", "bytes", "zlib 1 (not used yet)"), rows
    )
