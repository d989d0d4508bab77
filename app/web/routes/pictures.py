"""Pictures of a link's network: `/poster.png` for previews and print, `/training.gif` for slides, `/qr.svg` for phones.

A picture depends on its address alone, so it may be kept wherever it passes. Not here: how it is made
(`app.pictures`), nor where (`app.jobs`).
"""

from fastapi import APIRouter, Request, Response

from app.jobs.job import Job
from app.jobs.process import START_SECONDS
from app.pictures.order import Kind
from app.pictures.query import order_of
from app.web.addresses import read_address
from app.web.leaving import unless_left
from app.web.services import Services, Used, Visitor

router = APIRouter()

KEEP = "public, max-age=86400"
"""A newer version of this server may draw better: for a day."""


@router.get("/poster.png")
async def poster(request: Request, services: Used, visitor: Visitor) -> Response:
    """The network of the query's link, trained."""
    return await _picture(request, services, visitor, "poster", "image/png")


@router.get("/training.gif")
async def training(request: Request, services: Used, visitor: Visitor) -> Response:
    """The training of the query's link, as an animation."""
    return await _picture(request, services, visitor, "training", "image/gif")


@router.get("/qr.svg")
async def code(request: Request, services: Used, visitor: Visitor, url: str = "") -> Response:
    """The QR code of `url`, a page of this server."""
    read_address(url, request.headers.get("host", ""), request.scope.get("root_path", ""))
    job = Job("qr_code", url.encode(), services.settings.job_seconds, keep=True)
    drawing = await unless_left(request, services.files.do(job, visitor))
    return Response(drawing, media_type="image/svg+xml", headers={"Cache-Control": KEEP})


async def _picture(request: Request, services: Services, visitor: str, kind: Kind, media_type: str) -> Response:
    order = await services.links.do(visitor, lambda: order_of(kind, request.url.query, services.settings))
    headers = {"Cache-Control": KEEP, "ETag": f'"{order.key}"'}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    # An order ends itself after its seconds; what is left is for drawing the last picture on a busy machine.
    job = Job("picture", order.encode(), order.seconds + START_SECONDS, keep=True)
    file = await unless_left(request, services.pictures.do(job, visitor))
    return Response(file, media_type=media_type, headers=headers)
