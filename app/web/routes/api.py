"""What programs read: the catalog, and how large layers of each kind would be."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from app.live import events
from app.live.events import Refused
from app.web.compression import compressed
from app.web.parameter_counts import counts
from nncore.errors import InputError

router = APIRouter(prefix="/api")


@router.get("/catalog")
async def catalog(request: Request) -> Response:
    """Every entry, range, limit and message name of this server (`app.web.catalog`)."""
    body, encoding = compressed(request.app.state.catalog, request.headers.get("accept-encoding", ""))
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-cache"} | encoding)


@router.get("/counts")
async def parameter_counts(request: Request, widths: str = "", neuron: str = "") -> Response:
    """The parameters of layers of these widths, for every kind of neuron; 400 says what is wrong."""
    try:
        return JSONResponse(counts(widths, neuron, request.app.state.settings))
    except InputError as error:
        return Response(events.encode(Refused.of(error)), 400, media_type="application/json")
