"""`/api/share`: everything that the share panel offers for a link, ready to be copied.

The same for whoever makes links without the page, such as a script that writes slides. Not here: the snippets' text
(`app.web.snippets`), the pictures (`routes.pictures`).
"""

from typing import get_args

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from app.errors import PictureTooCostly
from app.links.fragment import without_points
from app.links.limits import check_query
from app.pictures.order import Kind
from app.pictures.query import order_of
from app.settings import Settings
from app.web.addresses import Address, read_address
from app.web.services import Used, Visitor
from app.web.snippets import MOST_CODE_BYTES, snippets

router = APIRouter(prefix="/api")

FILES: dict[Kind, str] = {"poster": "poster.png", "training": "training.gif"}


@router.get("/share")
async def share(request: Request, services: Used, visitor: Visitor, url: str = "") -> Response:
    """Snippets, the pictures' addresses and the QR code's, for `url`, a page of this server; 422 says what is wrong.

    What cannot be had for it is left out: a picture that is too costly, or of points behind a #; a code where it is too
    long for one. Whoever asks may leave the points behind the # away, as `#points=`, and put them into each snippet.
    """
    address = read_address(url, request.headers.get("host", ""), request.scope.get("root_path", ""))
    pictures = await services.links.do(visitor, lambda: _pictures(address, services.settings))
    fits = address.is_whole and len(address.whole.encode()) <= MOST_CODE_BYTES
    code = {"code": f"{address.base}qr.svg?url={address.quoted}"} if fits else {}
    body = {**snippets(address), **pictures, **code}
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


def _pictures(address: Address, settings: Settings) -> dict[str, str]:
    """The addresses of the pictures that this server would draw: a link may replay further than a picture shows.

    Raises InputError for what is no link. Points behind a # are the page's, which does not send them.
    """
    check_query(without_points(address.query), settings, kind=address.kind)
    if not address.has_picture:
        return {}
    found = {}
    for kind in get_args(Kind):
        try:
            order_of(kind, address.query, settings)
        except PictureTooCostly:
            continue
        found[kind] = address.of(FILES[kind])
    return found
