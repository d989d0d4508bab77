"""The pages about labs, and what the playground shows of one beside itself.

Not here: what stands on them (`app.web.labs`, `app.lessons.sheet`).
"""

import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.labs import registry
from app.lessons.sheet import sheet
from app.web import labs
from app.web.rendering import language_of, rendered
from app.web.revalidation import revalidated
from app.web.services import Services, Used, Visitor

router = APIRouter()


@router.get("/labs", response_class=HTMLResponse)
async def index(request: Request, services: Used, visitor: Visitor) -> Response:
    """Every lab, by theme, and where to begin."""
    return await services.pages.do(
        visitor, lambda: _page(request, services, "labs.html", labs.index(language_of(request)), "")
    )


@router.get("/labs/{name}/picture.png")
async def picture(name: str, request: Request) -> Response:
    """What one has at the end of it."""
    return revalidated(request, (registry.find(name).folder / "picture.png").read_bytes(), "image/png")


@router.get("/labs/{name}/teacher", response_class=HTMLResponse)
async def teacher(name: str, request: Request, services: Used, visitor: Visitor) -> Response:
    """Notes for who teaches with it."""
    told = labs.teacher(registry.find(name), language_of(request))
    return await services.pages.do(
        visitor, lambda: _page(request, services, "lab_teacher.html", {"lab": told}, "../../")
    )


@router.get("/labs/{name}/worksheet", response_class=HTMLResponse)
async def worksheet(name: str, request: Request, services: Used, visitor: Visitor) -> Response:
    """A page to fill in by hand."""
    told = labs.worksheet(registry.find(name), language_of(request))
    return await services.pages.do(
        visitor, lambda: _page(request, services, "lab_worksheet.html", {"lab": told}, "../../")
    )


@router.get("/api/labs/{name}")
async def beside(name: str, request: Request) -> Response:
    """A lab as the page shows it beside the network."""
    told = sheet(registry.find(name), language_of(request))
    body = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    return revalidated(request, body, "application/json", vary="Accept-Language")


def _page(request: Request, services: Services, template: str, shown: dict[str, Any], up: str) -> Response:
    language = language_of(request)
    context = {
        "assets": services.assets,
        "asked": request.query_params.get("lang") in ("en", "zh"),
        "language": language,
        "other": "en" if language == "zh" else "zh",
        "say": labs.words(language),
        "up": up,
        "root": str(request.url).partition("/labs")[0],
        **shown,
    }
    return rendered(request, template, context)
