"""The page of settings says what the table says."""

from app.reference import PAGE, settings_page
from app.settings import Settings


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == settings_page(), "write it anew: make reference"


def test_every_setting_is_on_it() -> None:
    page = settings_page()
    assert all(f"| `{name}` |" in page for name in Settings.model_fields)
