"""Whether the server can work (`/healthz`), and whether it wants more work (`/readyz`): 200 for yes, else 503."""

from typing import Any

from fastapi import APIRouter, Response

from app import __version__
from app.web.services import Used

router = APIRouter()


@router.get("/readyz")
async def ready(services: Used, response: Response) -> dict[str, str]:
    """Whether a balancer should send new visitors here: not while no host lives, nor once a shutdown has begun."""
    backend = services.backend
    alive = any(host.alive for host in backend.status())
    closing = backend.admission.closing
    response.status_code = 200 if alive and not closing else 503
    response.headers["Cache-Control"] = "no-store"
    return {"status": "closing" if closing else "ready" if alive else "starting"}


@router.get("/healthz")
async def health(services: Used, response: Response) -> dict[str, Any]:
    """The state of every host: sessions, load, and how often it had to be replaced."""
    hosts = services.backend.status()
    alive = any(host.alive for host in hosts)
    response.status_code = 200 if alive else 503
    response.headers["Cache-Control"] = "no-store"
    return {
        "status": "ok" if alive else "unavailable",
        "version": __version__,
        "sessions": sum(host.sessions for host in hosts),
        "hosts": [
            {"alive": host.alive, "sessions": host.sessions, "load": host.load, "restarts": host.restarts}
            for host in hosts
        ],
    }
