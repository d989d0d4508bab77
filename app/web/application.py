"""The web application: routes, static files, and the backend that lives as long as it does.

`create_app(settings)` makes one; there is none at import. Not here: listening on a port (`app.web.server`).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from app import __version__
from app.atlas.store import atlas_table
from app.atlas.table import csv_of, labelled
from app.hosts.backend import Backend
from app.hosts.processes import LocalProcesses
from app.jobs.queue import JobQueue, Lane
from app.paths import STATIC
from app.settings import Settings
from app.strict_json import written
from app.web.assets import LANGUAGES, assets, entries
from app.web.catalog import catalog
from app.web.catalog_words import names, sentences, translated
from app.web.desk import Desk
from app.web.errors import answer_errors
from app.web.menus import forest, formulas, menus, portraits, thumbnails
from app.web.metrics import Metrics
from app.web.polling import Polling
from app.web.request_body import Bodies
from app.web.root_path import RootPath
from app.web.routes import (
    api,
    atlas,
    exports,
    health,
    labs,
    live,
    metrics,
    oembed,
    pages,
    pictures,
    points,
    polling,
    share,
    static,
)
from app.web.security import Guard
from app.web.services import Playground, Services
from app.web.transport import Carrier


def create_app(settings: Settings | None = None, backend: Backend | None = None) -> Playground:
    """The application; `settings` from the environment and `backend` of local processes unless given."""
    settings = settings or Settings()
    backend = backend or LocalProcesses(settings)
    services = _services(settings, backend)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await backend.start()
        try:
            yield
        finally:
            await services.close()
            await backend.stop()

    app = Playground(
        title="Neuron Playground",
        version=__version__,
        lifespan=lifespan,
        openapi_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.services = services
    shown = (pages, labs, atlas, pictures, oembed, share, static)
    for noun in (*shown, api, points, exports, health, metrics, live, polling):
        app.include_router(noun.router)
    answer_errors(app)
    app.add_middleware(Guard, settings=settings)
    app.add_middleware(RootPath, path=settings.root_path)
    return app


def _services(settings: Settings, backend: Backend) -> Services:
    retry_seconds, everything, table = settings.busy_retry_seconds, catalog(settings), atlas_table()
    metrics = Metrics(backend)
    carrier = Carrier(backend, settings, metrics)
    files = assets(settings.assets or STATIC)
    told = {language: translated(everything, entries(files, language)) for language in LANGUAGES}
    return Services(
        settings=settings,
        backend=backend,
        metrics=metrics,
        carrier=carrier,
        polling=Polling(settings, carrier),
        assets=files,
        data={
            "atlas": _encoded(labelled(table)),
            "atlas.csv": csv_of(table).encode(),
            "catalog": _encoded(everything),
            "forest": _encoded(forest(everything)),
            "formulas": _encoded(formulas(everything)),
            **{f"menus.{language}": _encoded(menus(each)) for language, each in told.items()},
            **{f"names.{language}": _encoded(names(each)) for language, each in told.items()},
            "portraits": _encoded(portraits(everything)),
            "sentences": _encoded(sentences(everything)),
            "thumbnails": _encoded(thumbnails(everything)),
        },
        # As many pages at once as sessions: a class reloads.
        pages=Desk(settings.connects_at_once, settings.sessions_per_address, retry_seconds),
        links=Desk(settings.jobs_waiting, settings.jobs_waiting_per_address, retry_seconds),
        bodies=Bodies(settings),
        pictures=JobQueue(settings, Lane.of_pictures(settings)),
        files=JobQueue(settings, Lane.of_files(settings)),
    )


def _encoded(data: dict[str, Any]) -> bytes:
    return written(data).encode()
