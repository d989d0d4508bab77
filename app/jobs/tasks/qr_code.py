"""The QR code of an address as SVG. A long address takes a tenth of a second: eight masks for 31,329 modules."""

import io

import segno

from app.settings import Settings
from nncore.errors import InputError
from nncore.sentence import Sentence

_NO_CODE = Sentence(
    "refused.no_code", "is too long for a QR code; remove some settings or use fewer points of your own"
)

PIXELS = 6
"""Of one module in the code's own size; it is a vector picture."""


def work(request: bytes, settings: Settings) -> bytes:
    """The drawing of the address `request`; raises InputError where it is too long for any code."""
    try:
        drawing = segno.make(request.decode(), error="m", micro=False)
    except segno.DataOverflowError:
        raise InputError("url", _NO_CODE) from None
    out = io.BytesIO()
    drawing.save(out, kind="svg", scale=PIXELS, border=4, dark="#000", light="#fff", xmldecl=False)
    return out.getvalue()
