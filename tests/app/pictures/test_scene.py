"""A picture shows the network that it was given, whatever kind of network that is."""

import itertools

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from app.pictures.palette import Rgb, read_palette
from app.pictures.pen import Pen, Place
from app.pictures.scene import Scene
from nncore import Config, Trainer

PALETTE = read_palette("light")
KINDS: list[dict[str, object]] = [
    {},
    {"layers": []},
    {"layers": [{"units": 16, "neuron": "kan"}] * 6},
    {"data": {"name": "rings"}},
    {"data": {"name": "plane"}, "loss": "huber"},
    {"features": ["x"], "data": {"name": "xor", "train_share": 0.9}},
]


def drawn(trainer: Trainer, width: int = 600, height: int = 315) -> Image.Image:
    return Scene(width, height, PALETTE).draw(trainer)


@pytest.mark.parametrize("given", KINDS, ids=lambda given: str(given)[:40])
def test_every_kind_of_network_fits_the_picture(given: dict[str, object]) -> None:
    image = drawn(Trainer(Config.from_json(given)).run(2))
    assert image.size == (600, 315)
    pixels = np.asarray(image).reshape(-1, 3)
    assert len(np.unique(pixels, axis=0)) > 200
    edge = np.concatenate([np.asarray(image)[0], np.asarray(image)[-1]])
    assert (edge == PALETTE.ground).all(), "something is cut off"


def test_training_changes_the_picture_and_looking_does_not() -> None:
    trainer = Trainer(Config())
    first = drawn(trainer).tobytes()
    assert drawn(trainer).tobytes() == first
    assert drawn(trainer.run(5)).tobytes() != first


def test_the_answer_has_the_colours_of_the_classes() -> None:
    trainer = Trainer(Config.from_json({"data": {"name": "gaussians", "count": 20}, "optimizer": "adam"})).run(200)
    pixels = np.asarray(drawn(trainer)).reshape(-1, 3)
    for colour in PALETTE.classes[:2]:
        assert (np.abs(pixels.astype(int) - colour).max(axis=1) < 12).sum() > 3000


def test_a_run_that_diverged_says_so() -> None:
    given = {
        "layers": [{"units": 8, "neuron": "quadratic", "activation": "identity"}] * 3,
        "optimizer": {"name": "sgd", "learning_rate": 10.0},
    }
    trainer = Trainer(Config.from_json(given)).run(20)
    assert trainer.diverged is not None
    assert drawn(trainer).size == (600, 315)


def test_the_dark_theme_is_dark() -> None:
    image = Scene(300, 160, read_palette("dark")).draw(Trainer(Config()))
    assert np.asarray(image)[0, 0].max() < 60


@pytest.mark.parametrize("data", [{"name": "circles"}, {"name": "rings", "rings": 3}, {"name": "plane"}])
def test_without_shades_the_answer_has_the_colours_of_its_ends_alone(data: dict[str, object]) -> None:
    """A place in the answer that no point and no border is near: of the colours of classes, or of the two ends."""
    trainer = Trainer(Config.from_json({"data": data, "layers": [{"units": 4}]})).run(1)
    picture = Scene(600, 315, PALETTE, discrete=True, tests=False).draw(trainer)
    ends = {*PALETTE.classes, PALETTE.ends[0], PALETTE.ends[2]}
    counts = picture.crop((372, 50, 576, 256)).getcolors(100_000)
    assert counts is not None
    pure = sum(count for count, colour in counts if colour in ends)
    assert pure > 0.5 * 204 * 206
    shaded = Scene(600, 315, PALETTE, tests=False).draw(trainer).crop((372, 50, 576, 256)).getcolors(100_000)
    assert shaded is not None
    assert sum(count for count, colour in shaded if colour in ends) < pure / 4


def test_test_points_can_be_left_out() -> None:
    trainer = Trainer(Config.from_json({"data": {"name": "circles"}}))
    hollow = []
    for tests in (True, False):
        answer = np.asarray(Scene(1200, 630, PALETTE, tests=tests).draw(trainer))[97:517, 740:1160]
        # The middle of each test point's mark: of the ground's colour, unless another mark lies on it.
        across, up = ((trainer.split.test_x / 1.08 + 1) * 210).astype(int).T
        hollow.append(int((np.abs(answer[419 - up, across].astype(int) - PALETTE.ground).max(axis=1) < 30).sum()))
    assert hollow[0] > 1.5 * hollow[1], hollow


def test_the_border_is_drawn_in_ink() -> None:
    """Along the middle row of an answer that changes from one class to the other there is a dark place."""
    trainer = Trainer(Config.from_json({"data": {"name": "gaussians"}, "layers": []})).run(20)
    row = np.asarray(Scene(1200, 630, PALETTE, tests=False).draw(trainer))[120:520, 750:1150]
    assert (np.abs(row.astype(int) - np.array(PALETTE.ink)).max(axis=2) < 60).sum() > 100


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Every text that is drawn, with the box of its letters."""
    found: list[tuple[str, tuple[float, float, float, float]]] = []
    draw = Pen.text

    def text(pen: Pen, at: Place, text: str, pixels: float, colour: Rgb, anchor: str = "ls") -> None:
        if text:
            font = ImageFont.load_default(round(2 * pixels))
            box = ImageDraw.Draw(Image.new("L", (1, 1))).textbbox((2 * at[0], 2 * at[1]), text, font, anchor)
            found.append((text, (box[0] / 2, box[1] / 2, box[2] / 2, box[3] / 2)))
        draw(pen, at, text, pixels, colour, anchor)

    monkeypatch.setattr(Pen, "text", text)
    return found


@pytest.mark.parametrize("size", [(320, 180), (480, 270), (1200, 630)])
@pytest.mark.parametrize("layers", [[], [{"units": 8, "neuron": "quadratic"}] * 2, [{"neuron": "kan"}] * 6])
def test_no_text_is_printed_over_another_or_cut(
    said: list[tuple[str, tuple[float, float, float, float]]], size: tuple[int, int], layers: list[object]
) -> None:
    drawn(Trainer(Config.from_json({"layers": layers})).run(60), *size)
    for (one, a), (other, b) in itertools.combinations(said, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, (one, other)
    assert all(box[0] >= 0 and box[2] <= size[0] and box[1] >= 0 and box[3] <= size[1] for _, box in said)


def test_without_hidden_layers_the_output_s_neuron_is_named(said: list[tuple[str, object]]) -> None:
    drawn(Trainer(Config.from_json({"layers": [], "output": {"neuron": "quadratic"}})))
    assert [text for text, _ in said if "Quadratic" in text] != []
