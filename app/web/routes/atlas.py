"""The atlas' table for its page and for programs: all of it at once, sent again only where it has changed.

Not here: what it says (`app.atlas.table`).
"""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.web.revalidation import revalidated
from app.web.services import Used

router = APIRouter(prefix="/api")


@router.get("/atlas")
async def atlas(request: Request, services: Used) -> Response:
    """A cell for each kind of neuron, dataset, network size and activation, as JSON."""
    return revalidated(request, services.data["atlas"], "application/json")


@router.get("/atlas.csv")
async def table(request: Request, services: Used) -> Response:
    """The same as CSV, a line for each cell."""
    return revalidated(request, services.data["atlas.csv"], "text/csv; charset=utf-8")
