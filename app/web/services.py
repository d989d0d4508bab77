"""What the routes work with: made once with the application, and handed to each route that asks (`Used`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, FastAPI
from starlette.requests import HTTPConnection

from app.hosts.admission import neighbourhood
from app.hosts.backend import Backend
from app.jobs.queue import JobQueue
from app.settings import Settings
from app.web.assets import Assets
from app.web.desk import Desk
from app.web.metrics import Metrics
from app.web.polling import Polling
from app.web.request_body import Bodies
from app.web.transport import Carrier


@dataclass(frozen=True)
class Services:
    """Everything that lives as long as the application."""

    settings: Settings
    backend: Backend
    metrics: Metrics
    carrier: Carrier
    polling: Polling
    assets: Assets
    data: Mapping[str, bytes]
    """What this server offers, as JSON or CSV, by the names that `routes.api` and `routes.atlas` have for its parts."""
    pages: Desk
    """For whole pages."""
    links: Desk
    """For reading links."""
    bodies: Bodies
    pictures: JobQueue
    files: JobQueue
    """For exports, tables and QR codes."""

    async def close(self) -> None:
        """End what works for them."""
        await self.polling.close()
        await self.pictures.close()
        await self.files.close()


class Playground(FastAPI):
    """The application, which holds its services."""

    services: Services


async def services(connection: HTTPConnection) -> Services:
    """Those of the application that is asked. A coroutine, as the next one: anything else is called in a thread."""
    application = connection.app
    assert isinstance(application, Playground)
    return application.services


async def visitor(connection: HTTPConnection) -> str:
    """Who asks, as far as limits go: an address or its network."""
    return neighbourhood(connection.client.host if connection.client else "")


Used = Annotated[Services, Depends(services)]
Visitor = Annotated[str, Depends(visitor)]
