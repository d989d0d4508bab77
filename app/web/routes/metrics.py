"""What a Prometheus server reads. Keep it from the public with a proxy if its counts are nobody's business."""

from fastapi import APIRouter
from fastapi.responses import Response

from app.web.metrics import CONTENT_TYPE
from app.web.services import Used

router = APIRouter()


@router.get("/metrics")
async def metrics(services: Used) -> Response:
    """Every figure of `app.web.metrics`."""
    return Response(services.metrics.render(), media_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})
