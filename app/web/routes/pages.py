"""The page itself, whole and for frames. What it loads has relative addresses: it works under any path of a proxy.

Not here: the headers that every answer carries (`app.web.security`).
"""

import re

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from app import __version__
from app.links import page_parts
from app.paths import STATIC, TEMPLATES, static_version
from app.web.addresses import Address

router = APIRouter()
_templates = Jinja2Templates(TEMPLATES)

# The page changes with the server's version, and names the static files of that version.
HEADERS = {"Cache-Control": "no-cache"}


_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?|\[[0-9A-Fa-f:.]+\](:[0-9]+)?")


@router.get("/", response_class=HTMLResponse)
def index(request: Request) -> Response:
    """The playground."""
    return _page(request, "index.html", "")


@router.get("/embed", response_class=HTMLResponse)
def embed(request: Request) -> Response:
    """The playground without its furniture, for frames in other people's pages."""
    return _page(request, "embed.html", "embed")


@router.get("/embed.js")
def element() -> Response:
    """The module that gives other people's pages the element `<neuron-playground>`."""
    headers = {"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"}
    return FileResponse(STATIC / "js" / "embed" / "element.js", media_type="text/javascript", headers=headers)


def _page(request: Request, template: str, name: str) -> Response:
    """The template with what its head needs. Whole addresses are for link previews alone, which others read."""
    host, root = request.headers.get("host", ""), request.scope.get("root_path", "")
    # What is no name of a server is never repeated; without one, addresses start at this page's own.
    base = f"{request.url.scheme}://{host}{root}/" if _HOST.fullmatch(host) else ""
    here = Address(base, name, request.url.query)
    framed = page_parts.framed() if name == "embed" else None
    context = {"framed": framed, "version": __version__, "static": f"static/{static_version()}", "here": here}
    return _templates.TemplateResponse(request, template, context, headers=HEADERS)
