"""A template made into a page, and the language that its reader is spoken to in. Not here: what a page shows."""

import re
from collections.abc import Mapping
from typing import Any

from fastapi.templating import Jinja2Templates
from starlette.requests import Request
from starlette.responses import Response

from app.paths import TEMPLATES
from app.web.assets import LANGUAGES
from app.web.revalidation import revalidated

_templates = Jinja2Templates(TEMPLATES)
_templates.env.policies["json.dumps_kwargs"] = {"separators": (",", ":")}


def rendered(request: Request, template: str, context: Mapping[str, Any]) -> Response:
    """The page that `template` makes of `context`; a reader who has it already is told so."""
    # Templates are indented for those who read them.
    page = re.sub(r"\n\s+", "\n", _templates.get_template(template).render(context)).strip()
    # A link is opened by few; without one, everybody gets the same page.
    often = not request.url.query
    return revalidated(request, page.encode(), "text/html", vary="Accept-Language", often=often)


def language_of(request: Request) -> str:
    """The language in which the page will speak, as static/js/text/language.js chooses it."""
    preferred = re.findall(r"(?:^|,)\s*([A-Za-z]+)", request.headers.get("accept-language", ""))
    asked = request.query_params.get("lang", "").split("-")[0]
    return next((tag for each in (asked, *preferred) if (tag := each.lower()) in LANGUAGES), LANGUAGES[0])
