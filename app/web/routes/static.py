"""The page's scripts, styles and words at `/static/...`, kept for ever where their address changes with them.

Not here: which files there are and what they are called (`app.web.assets`).
"""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from app.web.services import Used

router = APIRouter()

FOREVER = "public, max-age=31536000, immutable"


@router.get("/static/{path:path}")
def static(request: Request, services: Used, path: str) -> Response:
    """One file, as this client reads it best."""
    served = services.assets.serve(path, request.headers.get("accept-encoding", ""))
    if served is None:
        raise HTTPException(404)
    headers = served.headers | {"Cache-Control": FOREVER if served.lasting else "no-cache"}
    return Response(served.body, media_type=served.media_type, headers=headers)
