"""What a Prometheus server reads. Keep it from the public with a proxy if its counts are nobody's business."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.web.metrics import CONTENT_TYPE

router = APIRouter()


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Every figure of `app.web.metrics`."""
    return Response(request.app.state.metrics.render(), media_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})
