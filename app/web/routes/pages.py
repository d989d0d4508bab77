"""The page itself, whole and for frames. What it loads has relative addresses: it works under any path of a proxy.

Not here: the headers that every answer carries (`app.web.security`).
"""

import re

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app import __version__
from app.links import page_parts
from app.links.race_starts import STARTS
from app.web.addresses import MEMORY, MEMORY_FRAME, RACE, RACE_FRAME, Address
from app.web.assets import LANGUAGES, Assets, first_words
from app.web.first_open import first_open
from app.web.rendering import language_of, rendered
from app.web.services import Used, Visitor

router = APIRouter()

_FRAMED = {"embed": page_parts.framed, RACE_FRAME: page_parts.race_framed, MEMORY_FRAME: page_parts.memory_framed}
"""Of the pages for frames, which parts they show."""

_OWN_WORDS = {MEMORY: "memory", MEMORY_FRAME: "memory", "atlas": "atlas", "": "playground", "embed": "playground"}
"""Pages whose words nobody else needs."""

_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?|\[[0-9A-Fa-f:.]+\](:[0-9]+)?")


@router.get("/", response_class=HTMLResponse)
async def index(request: Request, services: Used, visitor: Visitor) -> Response:
    """The playground."""
    return await services.pages.do(visitor, lambda: _page(request, services.assets, "index.html", ""))


@router.get("/embed", response_class=HTMLResponse)
async def embed(request: Request, services: Used, visitor: Visitor) -> Response:
    """The playground without its furniture, for frames in other people's pages."""
    return await services.pages.do(visitor, lambda: _page(request, services.assets, "embed.html", "embed"))


@router.get("/race", response_class=HTMLResponse)
async def race(request: Request, services: Used, visitor: Visitor) -> Response:
    """Lanes side by side under one clock."""
    return await services.pages.do(visitor, lambda: _page(request, services.assets, "race.html", RACE))


@router.get("/embed/race", response_class=HTMLResponse)
async def embedded_race(request: Request, services: Used, visitor: Visitor) -> Response:
    """The race without its furniture, for frames in other people's pages."""
    return await services.pages.do(visitor, lambda: _page(request, services.assets, "embed_race.html", RACE_FRAME))


@router.get("/memory", response_class=HTMLResponse)
async def memory(request: Request, services: Used, visitor: Visitor) -> Response:
    """Networks that remember."""
    return await services.pages.do(visitor, lambda: _page(request, services.assets, "memory.html", MEMORY))


@router.get("/embed/memory", response_class=HTMLResponse)
async def embedded_memory(request: Request, services: Used, visitor: Visitor) -> Response:
    """The memory without its furniture, for frames in other people's pages."""
    return await services.pages.do(visitor, lambda: _page(request, services.assets, "embed_memory.html", MEMORY_FRAME))


@router.get("/atlas", response_class=HTMLResponse)
async def atlas(request: Request, services: Used, visitor: Visitor) -> Response:
    """The study that comes with the project, as a table and a chart."""
    return await services.pages.do(visitor, lambda: _page(request, services.assets, "atlas.html", "atlas"))


@router.get("/embed.js")
async def element(request: Request, services: Used) -> Response:
    """The module that gives other people's pages the element `<neuron-playground>`."""
    path = services.assets.address("js/embed/element.js").removeprefix("static/")
    served = services.assets.serve(path, request.headers.get("accept-encoding", ""))
    assert served is not None, "the build makes this one, and the sources have it"
    headers = {"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"}
    return Response(served.body, media_type=served.media_type, headers=served.headers | headers)


def _page(request: Request, assets: Assets, template: str, name: str) -> Response:
    """The template with what its head needs. Whole addresses are for link previews alone, which others read."""
    host, root = request.headers.get("host", ""), request.scope.get("root_path", "")
    # What is no name of a server is never repeated; without one, addresses start at this page's own.
    base = f"{request.url.scheme}://{host}{root}/" if _HOST.fullmatch(host) else ""
    here = Address(base, name, request.url.query)
    framed = _FRAMED.get(name, lambda: None)()
    language = language_of(request)
    context = {
        "assets": assets,
        "first_open": first_open(),
        "framed": framed,
        "here": here,
        "language": language,
        "say": first_words(assets, assets.words(language)[0]),
        "starts": STARTS,
        "version": __version__,
        "words": {language: assets.words(language, _OWN_WORDS.get(name, "")) for language in LANGUAGES},
    }
    return rendered(request, template, context)
