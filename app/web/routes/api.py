"""What the page and other programs read: the catalog, and how large layers of each kind would be."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from app.web.parameter_counts import costs, counts
from app.web.rendering import language_of
from app.web.revalidation import revalidated
from app.web.services import Services, Used

router = APIRouter(prefix="/api")


@router.get("/catalog")
async def catalog(request: Request, services: Used) -> Response:
    """Every entry, range, limit and message name of this server (`app.web.catalog`)."""
    return _told(request, services, "catalog")


@router.get("/menus")
async def menus(request: Request, services: Used) -> Response:
    """What the page needs of it before anything is chosen (`app.web.menus`), in the language that is asked for."""
    return _told(request, services, f"menus.{language_of(request)}", vary="Accept-Language", often=True)


@router.get("/names")
async def names(request: Request, services: Used) -> Response:
    """What everything in the menus is called, for a page that they came to in another language."""
    return _told(request, services, f"names.{language_of(request)}", vary="Accept-Language")


@router.get("/formulas")
async def formulas(request: Request, services: Used) -> Response:
    """The formula of each kind of neuron, in MathML."""
    return _told(request, services, "formulas")


@router.get("/forest")
async def forest(request: Request, services: Used) -> Response:
    """The numbers of a cascade of forests, and whether one can be grown here."""
    return _told(request, services, "forest")


@router.get("/portraits")
async def portraits(request: Request, services: Used) -> Response:
    """A picture of a typical unit of each kind of neuron."""
    return _told(request, services, "portraits")


@router.get("/thumbnails")
async def thumbnails(request: Request, services: Used) -> Response:
    """A small picture of each dataset and of each feature."""
    return _told(request, services, "thumbnails", often=True)


@router.get("/sentences")
async def sentences(request: Request, services: Used) -> Response:
    """What every entry, knob and field is, in one English sentence each."""
    return _told(request, services, "sentences")


@router.get("/counts")
async def parameter_counts(services: Used, widths: str = "", neuron: str = "", bias: str = "") -> Response:
    """The parameters of layers of these widths, for every kind of neuron; 422 says what is wrong."""
    return JSONResponse(counts(widths, neuron, services.settings, bias))


@router.get("/costs")
async def point_costs(services: Used, widths: str = "", neuron: str = "") -> Response:
    """What one point costs in layers of these widths, for every kind of neuron; 422 says what is wrong."""
    return JSONResponse(costs(widths, neuron, services.settings))


def _told(request: Request, services: Services, name: str, vary: str = "", *, often: bool = False) -> Response:
    return revalidated(request, services.data[name], "application/json", vary, often=often)
