"""The page itself. Every address in it is relative, so that it works under any path of a proxy.

Not here: the headers that every answer carries (`app.security`).
"""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from app import __version__
from app.paths import TEMPLATES, static_version

router = APIRouter()
_templates = Jinja2Templates(TEMPLATES)

# The page changes with the server's version, and names the static files of that version.
HEADERS = {"Cache-Control": "no-cache"}


@router.get("/", response_class=HTMLResponse)
def index(request: Request) -> Response:
    """The playground."""
    context = {"version": __version__, "static": f"static/{static_version()}"}
    return _templates.TemplateResponse(request, "index.html", context, headers=HEADERS)
