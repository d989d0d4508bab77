"""Taking a network home: files come out with telling names, and a saved model opens where it was saved."""

import importlib.util
from pathlib import Path

import numpy as np
from playwright.sync_api import Page

from nncore import snapshot
from tests.browser.playground import Playground


def taken(playground: Playground, what: str, folder: Path) -> Path:
    """The file that a press in the export menu brings."""
    with playground.page.expect_download() as download:
        playground.press("export", f"export-{what}")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_trained_network_goes_home_and_comes_back(page: Page, base_url: str, tmp_path: Path) -> None:
    playground = Playground(page, base_url)
    playground.play()
    playground.wait_for_epoch("> 5")
    epoch = playground.pause()
    model, code = (taken(playground, what, tmp_path) for what in ("model", "numpy"))
    assert model.name == f"spirals_linear_8_8_epoch_{epoch}.safetensors"
    trainer = snapshot.load(model.read_bytes())
    assert trainer.epoch == epoch

    spec = importlib.util.spec_from_file_location("taken_home", code)
    assert spec is not None
    assert spec.loader is not None
    network = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(network)
    places = np.random.default_rng(0).uniform(-1, 1, (50, 2))
    np.testing.assert_allclose(network.predict(places), trainer.predict(places), atol=1e-6)

    picture = taken(playground, "picture", tmp_path).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) > 1200

    playground.press("reset")
    playground.wait_for_epoch("=== 0")
    playground.part("export-open").set_input_files(model)
    playground.wait_for_epoch(f"=== {epoch}")


def test_a_file_that_is_no_model_gets_a_sentence(page: Page, base_url: str, tmp_path: Path) -> None:
    playground = Playground(page, base_url)
    (tmp_path / "holiday.safetensors").write_bytes(b"no model at all")
    playground.press("export")
    playground.part("export-open").set_input_files(tmp_path / "holiday.safetensors")
    playground.wait_for_text("status", r"holiday\.safetensors is not a model")
