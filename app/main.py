"""The ASGI application, for a web server of one's own: `uvicorn app.main:app`, set by the environment.

It is made when first asked for, so importing this starts nothing. `neuron-playground serve` is the better door: it also
limits connections, and what each may hold and how long it may take; and it keeps visitors out of the logs
(`app.web.server`). Here that is up to the web server.
"""

from functools import cache

from app.web.application import create_app
from app.web.services import Playground


def __getattr__(name: str) -> Playground:
    if name == "app":
        return _application()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _application() -> Playground:
    return create_app()
