"""What programs read: the catalog."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

router = APIRouter(prefix="/api")


@router.get("/catalog")
async def catalog(request: Request) -> Response:
    """Every entry, range, limit and message name of this server (`app.catalog`)."""
    return Response(request.app.state.catalog, media_type="application/json", headers={"Cache-Control": "no-cache"})
