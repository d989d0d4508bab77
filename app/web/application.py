"""The web application: routes, static files, and the backend that lives as long as it does.

`create_app(settings)` makes one; there is none at import. Not here: listening on a port (`app.web.server`).
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from app import __version__
from app.hosts.backend import Backend
from app.hosts.processes import LocalProcesses
from app.paths import STATIC
from app.pictures.studio import Studio
from app.settings import Settings
from app.web.assets import assets
from app.web.catalog import catalog
from app.web.errors import answer_errors
from app.web.menus import formulas, menus, portraits
from app.web.metrics import Metrics
from app.web.request_body import Bodies
from app.web.routes import api, exports, health, live, metrics, oembed, pages, pictures, points, share, static
from app.web.security import Guard


def create_app(settings: Settings | None = None, backend: Backend | None = None) -> FastAPI:
    """The application; `settings` from the environment and `backend` of local processes unless given."""
    settings = settings or Settings()
    backend = backend or LocalProcesses(settings)
    studio = Studio(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await backend.start()
        try:
            yield
        finally:
            await studio.close()
            await backend.stop()

    app = FastAPI(
        title="Neuron Playground",
        version=__version__,
        lifespan=lifespan,
        openapi_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.backend = backend
    app.state.studio = studio
    app.state.settings = settings
    app.state.bodies = Bodies(settings)
    app.state.exports = asyncio.Semaphore(settings.exports)
    app.state.metrics = Metrics(backend)
    app.state.assets = assets(settings.assets or STATIC)
    everything = catalog(settings)
    app.state.data = {
        "catalog": _encoded(everything),
        "formulas": _encoded(formulas(everything)),
        "menus": _encoded(menus(everything)),
        "portraits": _encoded(portraits(everything)),
    }
    for noun in (pages, pictures, oembed, share, api, points, exports, health, metrics, live, static):
        app.include_router(noun.router)
    answer_errors(app)
    app.add_middleware(Guard, settings=settings)
    return app


def _encoded(data: dict[str, Any]) -> bytes:
    return json.dumps(data, allow_nan=False, separators=(",", ":")).encode()
