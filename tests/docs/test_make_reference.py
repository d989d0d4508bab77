"""The pages of settings and links say what their tables say."""

from app.links import tensorflow_playground
from app.links.keys import KEYS, OWN_KEYS
from app.links.link import read
from app.settings import Settings
from docs.make_reference import LINKS_INTRODUCTION, LINKS_PAGE, PAGE, links_page, settings_page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == settings_page(), "write it anew: make reference"


def test_every_setting_is_on_it() -> None:
    page = settings_page()
    assert all(f"| `{name}` |" in page for name in Settings.model_fields)


def test_the_page_of_links_is_up_to_date() -> None:
    assert LINKS_PAGE.read_text(encoding="utf-8") == links_page(), "write it anew: make reference"


def test_the_example_and_every_keys_example_can_be_read() -> None:
    (example,) = [line for line in LINKS_INTRODUCTION.splitlines() if line.startswith("/?")]
    assert len(tensorflow_playground.read(example).config.layers) == 2
    for key in KEYS:
        with_points = "data=own&" if key.name in OWN_KEYS else ""
        square = "layers=2,2&" if key.name == "residual" else ""
        assert key.write(read(f"{with_points}{square}{key.name}={key.example}").config) is not None, key.name
