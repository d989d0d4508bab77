"""What the page and other programs read: the catalog, and how large layers of each kind would be."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from app.live import events
from app.live.events import Refused
from app.web.parameter_counts import counts
from app.web.revalidation import revalidated
from nncore.errors import InputError

router = APIRouter(prefix="/api")


@router.get("/catalog")
async def catalog(request: Request) -> Response:
    """Every entry, range, limit and message name of this server (`app.web.catalog`)."""
    return _told(request, "catalog")


@router.get("/menus")
async def menus(request: Request) -> Response:
    """What the page needs of it before anything is chosen (`app.web.menus`)."""
    return _told(request, "menus")


@router.get("/formulas")
async def formulas(request: Request) -> Response:
    """The formula of each kind of neuron, in MathML."""
    return _told(request, "formulas")


@router.get("/portraits")
async def portraits(request: Request) -> Response:
    """A picture of a typical unit of each kind of neuron."""
    return _told(request, "portraits")


@router.get("/counts")
async def parameter_counts(request: Request, widths: str = "", neuron: str = "", bias: str = "") -> Response:
    """The parameters of layers of these widths, for every kind of neuron; 400 says what is wrong."""
    try:
        return JSONResponse(counts(widths, neuron, request.app.state.settings, bias))
    except InputError as error:
        return Response(events.encode(Refused.of(error)), 400, media_type="application/json")


def _told(request: Request, name: str) -> Response:
    return revalidated(request, request.app.state.data[name], "application/json")
