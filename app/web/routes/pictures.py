"""Pictures of a link's network: `/poster.png` for previews and print, `/training.gif` for slides, `/qr.svg` for phones.

A picture depends on its address alone, so it may be kept wherever it passes. Not here: how it is made
(`app.pictures`).
"""

import io

import segno
from fastapi import APIRouter, Request, Response

from app.errors import Busy
from app.pictures.order import Kind
from app.pictures.query import order_of
from app.web.addresses import read_address
from app.web.errors import refused, too_busy
from nncore.errors import InputError
from nncore.sentence import Sentence

router = APIRouter()

KEEP = "public, max-age=86400"
"""A newer version of this server may draw better: for a day."""

_NO_CODE = Sentence("refused.no_code", "is too long for a QR code; leave settings out or use fewer points of your own")

QR_PIXELS = 6
"""Of one module in the QR code's own size; it is a vector picture."""


@router.get("/poster.png")
async def poster(request: Request) -> Response:
    """The network of the query's link, trained."""
    return await _picture(request, "poster", "image/png")


@router.get("/training.gif")
async def training(request: Request) -> Response:
    """The training of the query's link, as an animation."""
    return await _picture(request, "training", "image/gif")


@router.get("/qr.svg")
def code(request: Request, url: str = "") -> Response:
    """The QR code of `url`, a page of this server."""
    try:
        read_address(url, request.headers.get("host", ""), request.scope.get("root_path", ""))
        drawing = segno.make(url, error="m", micro=False)
    except InputError as error:
        return refused(error)
    except segno.DataOverflowError:
        return refused(InputError("url", _NO_CODE))
    out = io.BytesIO()
    drawing.save(out, kind="svg", scale=QR_PIXELS, border=4, dark="#000", light="#fff", xmldecl=False)
    return Response(out.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": KEEP})


async def _picture(request: Request, kind: Kind, media_type: str) -> Response:
    state = request.app.state
    try:
        order = order_of(kind, request.url.query, state.settings)
        headers = {"Cache-Control": KEEP, "ETag": f'"{order.key}"'}
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        file = await state.studio.picture(order)
    except InputError as error:
        return refused(error)
    except Busy as busy:
        return too_busy(busy)
    return Response(file, media_type=media_type, headers=headers)
