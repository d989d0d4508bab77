"""A frame read back shows the network as it is, within half a level of a byte."""

import json
import zlib
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.live import frames
from app.live.frames import SHARES, Caption, Painter, compressed, read
from app.live.lens import LensView
from app.live.quantise import quantised
from app.strict_json import written
from nncore import snapshot
from nncore.config import Config
from nncore.neurons import NEURONS
from nncore.probes import PROBES
from nncore.probes.unit_maps import UnitMaps
from nncore.trainer import Trainer
from tests.app.live import plain_frame
from tests.app.live.test_quantise import meant
from tests.nncore.plain_network import classes_over_the_plane

CAPTION = Caption(frame=3, playing=True, epochs_per_second=12.34, load=0.1234, history_start=0)


def trainer_of(**config: Any) -> Trainer:
    layers = [{"units": 3, "neuron": "quadratic", "activation": "relu"}, {"units": 2}]
    return Trainer(Config.from_json({"layers": layers, "data": {"name": "xor", "count": 60}} | config)).run(3)


def painted(trainer: Trainer, caption: Caption = CAPTION, **given: Any) -> tuple[str, dict[str, Any], dict[str, Any]]:
    return read(Painter(8, 12).paint(trainer, caption, **given))


def contents(data: bytes) -> tuple[str, dict[str, Any], dict[str, bytes]]:
    """All that a binary message holds; the order of its header is not the same every time."""
    kind, body, arrays = read(data)
    return kind, body, {name: array.tobytes() for name, array in arrays.items()}


def test_a_frame_tells_where_the_run_stands() -> None:
    trainer = trainer_of()
    kind, body, _ = painted(trainer)
    metrics = trainer.evaluate()
    assert kind == "frame"
    assert body == {
        "frame": 3,
        "epoch": 3,
        "step": trainer.step,
        "playing": True,
        "steered": 0,
        "loss": {"train": metrics.train_loss, "test": metrics.test_loss},
        "accuracy": {"train": metrics.train_accuracy, "test": metrics.test_accuracy},
        "epochs_per_second": 12.3,
        "load": 0.123,
        "history_start": 0,
        "inspected": None,
        "edits": 0,
        "remark": None,
    }


@pytest.mark.parametrize("epochs", [0, 60])
@pytest.mark.parametrize(
    "config",
    [
        {"data": {"name": "circles"}, "layers": [{"units": 4}, {"units": 2}]},
        {"data": {"name": "spirals", "arms": 3}, "layers": [{"units": 3, "neuron": "quadratic", "activation": "relu"}]},
        {"data": {"name": "hills"}, "layers": [{"units": 3, "neuron": "rbf"}]},
        {"data": {"name": "gaussians"}, "layers": [], "optimizer": {"name": "sgd", "learning_rate": 1.0}},
    ],
)
def test_a_frame_is_to_the_byte_what_its_description_says(config: dict[str, Any], epochs: int) -> None:
    trainer = Trainer(Config.from_json(config)).run(epochs)
    start = max(0, len(trainer.history) - 2)
    data = Painter(6, 13).paint(trainer, replace(CAPTION, history_start=start), compress=True)
    plain = plain_frame.frame(trainer, 6, 13, start, written(read(data)[1]))
    (header, numbers), (plain_header, plain_numbers) = parted(data), parted(plain)
    assert numbers == plain_numbers
    assert header == plain_header


def parted(data: bytes) -> tuple[list[tuple[str, Any]], bytes]:
    """The header as pairs in their order, but that of the metadata, of which there is none; and the numbers."""
    data = zlib.decompress(data)
    stop = 8 + int.from_bytes(data[:8], "little")
    return list(json.loads(data[8:stop]).items()), data[stop:]


def test_classes_are_counted_for_whoever_asks() -> None:
    trainer = trainer_of(data={"name": "gaussians", "blobs": 3, "count": 60})
    _, body, _ = painted(trainer, replace(CAPTION, confusion=True))
    assert body["fit"] is None
    for split, size in (("train", trainer.split.train_count), ("test", 60 - trainer.split.train_count)):
        counts = np.array(body["confusion"][split])
        assert counts.shape == (3, 3)
        assert counts.sum() == size
        assert counts.trace() / size == pytest.approx(body["accuracy"][split])


def test_a_regression_is_told_by_how_far_off_it_is() -> None:
    trainer = trainer_of(data={"name": "plane", "count": 60})
    _, body, _ = painted(trainer, replace(CAPTION, confusion=True))
    error = trainer.predict(trainer.split.test_x) - trainer.split.test_y
    assert body["confusion"] is None
    assert body["fit"]["test"]["error"] == pytest.approx(np.abs(error).mean(), rel=1e-5)
    assert body["fit"]["train"]["r2"] < 1


def test_numbers_that_are_none_are_null() -> None:
    trainer = trainer_of(data={"name": "plane", "count": 60})
    trainer.network.theta[:] = np.nan
    _, body, _ = painted(trainer, replace(CAPTION, confusion=True))
    assert body["fit"]["train"] == {"r2": None, "error": None}


def test_the_arrays_have_the_documented_shapes_and_types() -> None:
    _, _, arrays = painted(trainer_of(), inspect=(0, 1))
    assert {name: (array.dtype.name, array.shape) for name, array in arrays.items()} == {
        "units.0": ("uint8", (3, 8, 8)),
        "units_range.0": ("float32", (3, 2)),
        "units.1": ("uint8", (2, 8, 8)),
        "units_range.1": ("float32", (2, 2)),
        "output": ("uint8", (12, 12)),
        "output_range": ("float32", (2,)),
        "inspected": ("uint8", (12, 12)),
        "inspected_range": ("float32", (2,)),
        "inspected_zero": ("uint16", arrays["inspected_zero"].shape),
        "links.0": ("float32", (2, 3)),
        "links.1": ("float32", (3, 2)),
        "links.2": ("float32", (2, 1)),
        "links_size.0": ("float32", (2, 3)),
        "links_size.1": ("float32", (3, 2)),
        "links_size.2": ("float32", (2, 1)),
        "history": ("float64", (4, 5)),
    }


def test_the_inspected_units_zero_set_is_a_line_for_a_linear_neuron() -> None:
    trainer = trainer_of(layers=[{"units": 3}])
    _, body, arrays = painted(trainer, inspect=(0, 2))
    assert body["inspected"] == {"layer": 0, "unit": 2}
    W = dict(trainer.network.parameters())["layers.0.W"][2]
    ends = arrays["inspected_zero"].reshape(-1, 2) / SHARES
    places = np.stack([1.08 * (ends[:, 0] * 2 - 1), 1.08 * (1 - ends[:, 1] * 2), np.ones(len(ends))])
    assert len(ends)
    assert np.abs(W @ places).max() < 1e-3 * np.abs(W).max()


def test_the_pictures_are_the_probe_s_within_half_a_level() -> None:
    trainer = trainer_of()
    _, _, arrays = painted(trainer, inspect=(0, 2))
    exact = UnitMaps(8, 12).compute(trainer, (0, 2))
    low, high = (arrays["units_range.0"][:, end, None, None] for end in (0, 1))
    shown = low + arrays["units.0"] / 255.0 * (high - low)
    assert np.abs(shown - exact["units.0"]).max() <= (high - low).max() / 255 * 0.51
    found = meant(arrays["output"], arrays["output_range"])
    assert np.abs(1 / (1 + np.exp(-found)) - exact["output"][0]).max() <= 0.51 / 255
    low, high = arrays["inspected_range"]
    assert np.abs(low + arrays["inspected"] / 255.0 * (high - low) - exact["inspected"]).max() <= (high - low) / 255


def test_regression_shows_values_and_no_accuracy() -> None:
    trainer = trainer_of(data={"name": "plane", "count": 60})
    _, body, arrays = painted(trainer)
    exact = UnitMaps(8, 12).compute(trainer)["output"][0]
    assert body["accuracy"] is None
    assert arrays["output_range"].tolist() == [exact.min(), exact.max()]
    assert (arrays["output"].min(), arrays["output"].max()) == (0, 255)
    assert np.isnan(arrays["history"][:, 3:]).all()


def test_three_classes_show_the_winner_and_its_chance() -> None:
    trainer = trainer_of(data={"name": "gaussians", "blobs": 3, "count": 60})
    _, _, arrays = painted(trainer)
    exact = UnitMaps(8, 12).compute(trainer)["output"]
    assert (arrays["output_scores"].argmax(axis=0) == exact.argmax(axis=0)).all()
    assert np.abs(arrays["output"] / 255.0 - exact.max(axis=0)).max() <= 0.51 / 255


@pytest.mark.parametrize("loss", ["mse", "huber"])
def test_where_shares_saturate_a_frame_still_has_the_class_that_the_network_decides_for(loss: str) -> None:
    cubic = {"units": 8, "neuron": "polynomial", "activation": "identity"}
    trainer = trainer_of(data={"name": "spirals", "arms": 3, "noise": 0.02}, layers=[cubic, cubic], loss=loss).run(400)
    wanted, clear = classes_over_the_plane(trainer, 12)
    _, _, arrays = painted(trainer)
    assert clear.mean() > 0.9
    np.testing.assert_array_equal(arrays["output_scores"].argmax(axis=0)[clear], wanted[clear])


def test_no_hidden_layer_and_no_new_record_still_make_a_frame() -> None:
    trainer = trainer_of(layers=[])
    _, _, arrays = painted(trainer, Caption(1, False, 0.0, 0.0, history_start=len(trainer.history)))
    assert arrays["history"].shape == (0, 5)
    assert set(arrays) == {"output", "output_range", "links.0", "links_size.0", "history"}


def test_a_compressed_frame_reads_the_same() -> None:
    trainer, painter = trainer_of(), Painter(8, 12)
    frame, smaller = painter.paint(trainer, CAPTION), painter.paint(trainer, CAPTION, compress=True)
    assert max(len(smaller), len(compressed(frame))) < len(frame)
    assert contents(smaller) == contents(frame)


def test_slopes_are_sent_within_a_four_thousandth_of_themselves() -> None:
    trainer = trainer_of()
    _, _, arrays = painted(trainer)
    exact = PROBES.build("links").compute(trainer)
    assert exact
    for name, slopes in exact.items():
        np.testing.assert_allclose(arrays[name], slopes, rtol=1 / 4096)


def test_looking_changes_nothing() -> None:
    trainer = trainer_of()
    before = contents(snapshot.save(trainer))
    first = contents(Painter(8, 12).paint(trainer, CAPTION))
    assert contents(snapshot.save(trainer)) == before
    assert contents(Painter(8, 12).paint(trainer, CAPTION)) == first


def test_only_a_frame_that_is_asked_to_carries_the_lens() -> None:
    trainer, painter = trainer_of(), Painter(8, 12)
    painter.look_through(LensView(pixels=8, lines=3))
    _, body, arrays = read(painter.paint(trainer, CAPTION, lens=True))
    assert body["lens"]["layers"] == ["input", "0", "1"]
    assert arrays["decision.1"].shape == (8, 8)
    assert arrays["grid.input"].shape == (2, 2, 3, 9)
    _, body, arrays = read(painter.paint(trainer, CAPTION))
    assert "lens" not in body
    assert "decision.1" not in arrays
    painter.look_through(None)
    assert "lens" not in read(painter.paint(trainer, CAPTION, lens=True))[1]


@pytest.mark.parametrize("data", [{"name": "xor"}, {"name": "rings", "rings": 3}, {"name": "hills"}])
def test_the_lens_survives_compression(data: dict[str, Any]) -> None:
    trainer = trainer_of(data={**data, "count": 60})
    found = []
    for compress in (False, True):
        painter = Painter(8, 12)
        painter.look_through(LensView(pixels=8, lines=3))
        found.append(contents(painter.paint(trainer, CAPTION, lens=True, compress=compress)))
    assert found[0] == found[1]


@pytest.mark.parametrize("neuron", NEURONS)
def test_a_frame_painted_between_other_work_shows_the_moment_at_which_it_was_begun(neuron: str) -> None:
    """To the bit: whether others train and paint between two pieces is not to be seen."""
    layers = [{"units": 5, "neuron": neuron}] * 2
    one, other = trainer_of(layers=layers), trainer_of(layers=layers, seeds={"run": 1})
    look: dict[str, Any] = {"inspect": (1, 0), "lens": True, "compress": True}
    painters = [Painter(12, 60) for _ in range(3)]
    for painter in painters:
        painter.look_through(LensView(pixels=8, lines=3))
    expected = contents(painters[0].paint(one, CAPTION, **look))
    pieces, beside = painters[1].pieces(one, CAPTION, **look), painters[2].pieces(other, CAPTION, **look)
    turns: list[None] = []
    try:
        while True:
            turns.append(next(pieces))
            if next(beside, "done") == "done":
                other.advance(1)
                beside = painters[2].pieces(other, CAPTION, **look)
    except StopIteration as end:
        frame = end.value
    assert contents(frame) == expected
    assert len(turns) > 8


def test_a_large_frame_comes_in_pieces_of_bounded_size(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer, sizes = trainer_of(), []

    def noted(values: Any, **given: Any) -> Any:
        sizes.append(values.size)
        return quantised(values, **given)

    monkeypatch.setattr(frames, "quantised", noted)
    whole_frame = Painter(120, 200).paint(trainer, CAPTION, compress=True)
    monkeypatch.setattr(frames, "BYTES_AT_ONCE", 20_000)
    sizes.clear()
    pieces = Painter(120, 200).pieces(trainer, CAPTION, compress=True)
    # Places of both grids, a block of a thousand each; pictures one by one; two sums of bytes at a time.
    assert sum(1 for _ in pieces) >= 15 + 40 + 5 + (5 * 120**2 + 200**2) // 20_000
    assert max(sizes) <= 20_000
    assert contents(Painter(120, 200).paint(trainer, CAPTION, compress=True)) == contents(whole_frame)
