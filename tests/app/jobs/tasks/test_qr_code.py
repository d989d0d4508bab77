"""A QR code is an SVG; an address that no code holds is refused."""

import pytest
import segno

from app.jobs.tasks.qr_code import work
from app.settings import Settings
from nncore.errors import InputError


def test_a_code_is_a_drawing_as_large_as_its_modules() -> None:
    address = "http://example.org/?neuron=kan"
    side = (segno.make(address, error="m", micro=False).symbol_size(border=4)[0]) * 6
    assert f'width="{side}" height="{side}"' in work(address.encode(), Settings()).decode()


def test_an_address_that_no_code_holds_is_refused() -> None:
    # Version 40 holds 2,331 bytes at level M (ISO/IEC 18004).
    assert work(b"x" * 2331, Settings()).startswith(b"<svg")
    with pytest.raises(InputError, match="url: is too long for a QR code"):
        work(b"x" * 2332, Settings())
